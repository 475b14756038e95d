/**
 * Draws ../static/land.svg, the land behind the maps that the server makes: `npm run land`.
 *
 * Two units a degree, from 84° N to 58° S, each point rounded to a tenth of a unit. The outlines are Natural Earth's at 1:110
 * million, which are in the public domain.
 */

import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { geoEquirectangular, geoPath } from "d3-geo";
import { feature } from "topojson-client";

const WIDTH = 720;
const HEIGHT = 284;
const NORTH = 84;

const source = createRequire(import.meta.url).resolve("world-atlas/land-110m.json");
const topology = JSON.parse(readFileSync(source, "utf8"));
const projection = geoEquirectangular()
  .scale(WIDTH / (2 * Math.PI))
  .translate([WIDTH / 2, 2 * NORTH])
  .clipExtent([
    [0, 0],
    [WIDTH, HEIGHT],
  ]);
const drawn = geoPath(projection).digits(1)(feature(topology, topology.objects.land));
const rings = drawn.split("M").slice(1).map(ring).filter(Boolean);
writeFileSync(
  new URL("../static/land.svg", import.meta.url),
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}">` +
    `<!-- Natural Earth 1:110m (public domain), drawn by frontend/land.mjs -->` +
    `<path id="land" d="${rings.join("")}"/></svg>\n`,
);

/** One closed line as relative steps, which are shorter; nothing where it has shrunk to less than a triangle. */
function ring(text) {
  const points = text
    .replace("Z", "")
    .split("L")
    .map((pair) => pair.split(",").map(Number));
  const kept = points.filter(([x, y], at) => at === 0 || x !== points[at - 1][0] || y !== points[at - 1][1]);
  const steps = kept.slice(1).map(([x, y], at) => [short(x - kept[at][0]), short(y - kept[at][1])]);
  return kept.length > 3 ? `M${kept[0].join(" ")}l${steps.flat().join(" ").replaceAll(" -", "-")}z` : "";
}

/** A number as it is written in a path: "-0.3" is "-.3". */
function short(value) {
  return String(Math.round(value * 10) / 10).replace(/^(-?)0\./, "$1.");
}
