/** A map of the world: points where coordinates are known, or else the countries that the rows name. */

import { geoEqualEarth, geoPath, type GeoPermissibleObjects } from "d3-geo";
import { select } from "d3-selection";
import { zoom, zoomIdentity } from "d3-zoom";
import type { Feature, FeatureCollection, Geometry } from "geojson";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import address from "world-atlas/countries-110m.json?url";
import { rowsOf } from "../answer";
import { h, number, plural, s } from "../dom";
import type { Point } from "../shapes";
import { pageOf, ROOT } from "../site";
import { countryKey } from "./countries";
import { pictureOf, saveButton } from "./picture";
import "../styles/views.css";

const [WIDTH, HEIGHT] = [960, 470];
type Country = Feature<Geometry, { name: string }>;

type Place = readonly [longitude: number, latitude: number];

let places: Promise<ReadonlyMap<string, Place>> | undefined;
let world: Promise<readonly Country[]> | undefined;

async function countries(): Promise<readonly Country[]> {
  const topology = (await (await fetch(address)).json()) as Topology;
  const found = feature(topology, topology.objects["countries"] as GeometryCollection<{ name: string }>);
  return (found as FeatureCollection<Geometry, { name: string }>).features;
}

/** Where the countries of the store are, as the site's own map has them: the world's map leaves the smallest out. */
async function countryPlaces(): Promise<ReadonlyMap<string, Place>> {
  const rows = await rowsOf(`${ROOT}map.json`).then(
    (table) => table.rows,
    () => [],
  );
  return new Map(rows.map(({ item, lat, long }) => [item?.value ?? "", [Number(long?.value), Number(lat?.value)]]));
}

/** Draw *points* into *host*. */
export async function draw(host: HTMLElement, points: readonly Point[]): Promise<void> {
  const land = await (world ??= countries());
  const projection = geoEqualEarth().fitExtent(
    [
      [6, 6],
      [WIDTH - 6, HEIGHT - 6],
    ],
    { type: "Sphere" },
  );
  const path = geoPath(projection);
  const byName = new Map(land.map((country) => [countryKey(country.properties.name), country]));
  const gathered = gather(points);
  const known = gathered.every((point) => point.place) ? new Map<string, Place>() : await (places ??= countryPlaces());
  const placed = gathered.flatMap((point) => {
    const country = point.place ? undefined : byName.get(countryKey(point.label));
    const place = point.place ?? known.get(point.iri ?? "");
    const at = place ? projection([...place]) : country ? path.centroid(largest(country)) : null;
    return at && at.every(Number.isFinite) ? [{ point, country, x: at[0] as number, y: at[1] as number }] : [];
  });
  const most = Math.max(1, ...gathered.map((point) => point.count));
  const named = new Set(placed.map((each) => each.country));
  const marks = placed.map(({ point, x, y }) => mark(point, x, y, 3 + 15 * Math.sqrt(point.count / most)));
  const sheet = s(
    "g",
    {},
    s("path", { class: "sea", d: path({ type: "Sphere" }) }),
    ...land.map((country) => s("path", { class: named.has(country) ? "land named" : "land", d: path(country) })),
    ...marks,
  );
  const svg = s(
    "svg",
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "view-map", role: "group", "aria-label": "Map" },
    sheet,
  );
  const missing = gathered.length - placed.length;
  const about = `${plural(placed.length, "place")}${missing ? `; ${number(missing)} could not be placed` : ""}`;
  const canvas = h("div", { class: "view-canvas" }, svg);
  host.append(canvas, h("p", { class: "view-about" }, about));
  canvas.append(movable(svg, sheet, marks));
}

/** Put rows about the same thing together; the largest come first, so that smaller ones are drawn above them. */
function gather(points: readonly Point[]): Point[] {
  const found = new Map<string, Point>();
  for (const point of points) {
    const key = `${point.iri ?? point.label} ${point.place?.join()}`;
    found.set(key, { ...point, count: point.count + (found.get(key)?.count ?? 0) });
  }
  return [...found.values()].sort((a, b) => b.count - a.count);
}

/** The largest part of a country: the middle of France is not in the Atlantic. */
function largest(country: Country): GeoPermissibleObjects {
  if (country.geometry.type !== "MultiPolygon") return country;
  const parts = country.geometry.coordinates.map((coordinates) => ({ type: "Polygon" as const, coordinates }));
  return parts.reduce((best, each) => (geoPath().area(each) > geoPath().area(best) ? each : best));
}

function mark(point: Point, x: number, y: number, radius: number): SVGElement {
  const href = point.iri ? pageOf(point.iri) : null;
  const title = point.count > 1 ? `${point.label}: ${number(point.count)}` : point.label;
  const circle = s("circle", { class: "mark", cx: x, cy: y, r: radius, "data-r": radius }, s("title", {}, title));
  return href ? s("a", { href, "aria-label": title }, circle) : circle;
}

/** Let the reader move the map and come closer; marks keep their size. Returns the buttons that do the same. */
function movable(svg: SVGSVGElement, sheet: SVGGElement, marks: readonly SVGElement[]): HTMLElement {
  const circles = marks.map((each) => (each.matches("circle") ? each : (each.querySelector("circle") as SVGElement)));
  const behaviour = zoom<SVGSVGElement, unknown>()
    .scaleExtent([1, 12])
    .translateExtent([
      [0, 0],
      [WIDTH, HEIGHT],
    ])
    .filter((event: Event) => event.type !== "wheel" || (event as WheelEvent).ctrlKey || (event as WheelEvent).metaKey)
    .on("zoom", ({ transform }) => {
      sheet.setAttribute("transform", String(transform));
      const factor = Math.sqrt(transform.k as number);
      for (const circle of circles) circle.setAttribute("r", String(Number(circle.dataset["r"]) / factor));
      svg.classList.toggle("moved", transform.k > 1);
    });
  const view = select(svg).call(behaviour);
  const by = (factor: number) => () => behaviour.scaleBy(view, factor);
  return h(
    "div",
    { class: "view-buttons", role: "group", "aria-label": "Zoom" },
    h("button", { type: "button", "aria-label": "Closer", onclick: by(1.6) }, "+"),
    h("button", { type: "button", "aria-label": "Farther", onclick: by(1 / 1.6) }, "−"),
    h(
      "button",
      { type: "button", "aria-label": "All of it", onclick: () => behaviour.transform(view, zoomIdentity) },
      "⤢",
    ),
    saveButton("map.svg", () => pictureOf(svg)),
  );
}
