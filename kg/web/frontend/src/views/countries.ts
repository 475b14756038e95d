/** Names of countries, told alike: the map writes some of them in its own way. */

const OTHERWISE: Readonly<Record<string, string>> = {
  "bosnia and herz": "bosnia and herzegovina",
  "cape verde": "cabo verde",
  "central african rep": "central african republic",
  czechia: "czech republic",
  "dem rep congo": "democratic republic of the congo",
  "dominican rep": "dominican republic",
  "eq guinea": "equatorial guinea",
  eswatini: "swaziland",
  "ivory coast": "cote divoire",
  macedonia: "north macedonia",
  "peoples republic of china": "china",
  prc: "china",
  "republic of korea": "south korea",
  "s sudan": "south sudan",
  "solomon is": "solomon islands",
  "timor leste": "east timor",
  turkiye: "turkey",
  uae: "united arab emirates",
  uk: "united kingdom",
  "united states of america": "united states",
  usa: "united states",
  "viet nam": "vietnam",
};

/** Return what is the same for all usual names of a country, as far as they are known here. */
export function countryKey(name: string): string {
  const plain = name
    .normalize("NFD")
    .replace(/[\u0300-\u036f.,'’]/g, "")
    .replace(/[^A-Za-z]+/g, " ")
    .trim()
    .toLowerCase()
    .replace(/^the /, "");
  return OTHERWISE[plain] ?? plain;
}
