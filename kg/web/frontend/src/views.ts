/** The views that draw a table of rows. What draws is loaded when it is wanted. */

import type { Rows } from "./results";
import { bars, moments, network, points, type Naming } from "./shapes";

/** Draws into an element; may return what ends the drawing. */
export type Paint = (host: HTMLElement) => void | (() => void) | Promise<void | (() => void)>;

export interface View {
  readonly name: "graph" | "map" | "timeline" | "chart";
  readonly title: string;
  /** What a table must have to be drawn so, for those whose table has not. */
  readonly wants: string;
  /** Tell, at little cost, whether *rows* can be drawn. */
  readonly fits: (rows: Rows) => boolean;
  /** Prepare the drawing of *rows*; null if they hold nothing to draw. */
  readonly load: (rows: Rows, naming: Naming) => Promise<Paint | null>;
}

const SAMPLE = 500;
const plain: Naming = (term) => term.value;
const first = (rows: Rows): Rows => ({ ...rows, rows: rows.rows.slice(0, SAMPLE) });

export const VIEWS: readonly View[] = [
  {
    name: "graph",
    title: "Graph",
    wants: "two columns of things (?source, ?target), or CONSTRUCT",
    fits: (rows) => network(first(rows), plain).edges.length > 0,
    load: async (rows, naming) => {
      const found = network(rows, naming);
      const { draw } = await import("./views/graph");
      return found.edges.length ? (host) => draw(host, found) : null;
    },
  },
  {
    name: "map",
    title: "Map",
    wants: "?lat and ?long, a POINT(…), or a column of countries (?country)",
    fits: (rows) => points(first(rows), plain).length > 0,
    load: async (rows, naming) => {
      const found = points(rows, naming);
      const { draw } = await import("./views/map");
      return found.length ? (host) => draw(host, found) : null;
    },
  },
  {
    name: "timeline",
    title: "Time line",
    wants: "a column of dates (?start, ?date)",
    fits: (rows) => moments(first(rows), plain).length > 0,
    load: async (rows, naming) => {
      const found = moments(rows, naming);
      const { draw } = await import("./views/timeline");
      return found.length ? (host) => draw(host, found) : null;
    },
  },
  {
    name: "chart",
    title: "Chart",
    wants: "a column of numbers",
    fits: (rows) => bars(first(rows), plain).length > 0,
    load: async (rows, naming) => {
      const { draw } = await import("./views/chart");
      return bars(first(rows), naming).length ? (host) => draw(host, rows, naming) : null;
    },
  },
];
