declare module "world-atlas/countries-110m.json?url" {
  const address: string;
  export default address;
}
