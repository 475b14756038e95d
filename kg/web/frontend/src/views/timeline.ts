/** A time line: each moment a mark on a lane of its own, with its name where there is room for it. */

import { scaleUtc, type ScaleTime } from "d3-scale";
import { select } from "d3-selection";
import { zoom, zoomIdentity, type ZoomTransform } from "d3-zoom";
import { h, number, plural, s } from "../dom";
import type { Moment } from "../shapes";
import { pageOf } from "../site";
import { pictureOf, saveButton } from "./picture";
import "../styles/views.css";

const [TOP, LANE, CHARACTER] = [30, 22, 6.6];
const MOST_LANES = 18;
const DAY = 86_400_000;
const KINDS = new Set(["call", "meeting", "visit", "convening"]);

interface Placed {
  readonly moment: Moment;
  readonly from: Date;
  readonly to: Date;
}

/** Draw *moments* into *host*; return what ends it. */
export function draw(host: HTMLElement, moments: readonly Moment[]): () => void {
  const placed = moments
    .map(span)
    .filter((each) => !Number.isNaN(+each.from))
    .sort((a, b) => +a.from - +b.from);
  const [first, last] = [placed[0]?.from ?? new Date(), new Date(Math.max(...placed.map((each) => +each.to)))];
  const pad = Math.max(10 * DAY, (+last - +first) * 0.03);
  const scale = scaleUtc().domain([new Date(+first - pad), new Date(+last + pad)]);
  const svg = s("svg", { class: "view-time", role: "group", "aria-label": "Time line" });
  const canvas = h("div", { class: "view-canvas view-tall" }, svg);
  host.append(
    canvas,
    h("p", { class: "view-about" }, `${plural(placed.length, "moment")}, from ${day(first)} to ${day(last)}`),
  );
  let transform: ZoomTransform = zoomIdentity;
  const redraw = () =>
    paint(svg, placed, transform.rescaleX(scale.range([0, canvas.clientWidth || 900])), canvas.clientWidth || 900);
  const behaviour = zoom<SVGSVGElement, unknown>()
    .scaleExtent([1, 400])
    .filter((event: Event) => event.type !== "wheel" || (event as WheelEvent).ctrlKey || (event as WheelEvent).metaKey)
    .on("zoom", (event: { transform: ZoomTransform }) => {
      transform = event.transform;
      redraw();
    });
  const view = select(svg).call(behaviour);
  const button = (label: string, sign: string, onclick: () => void) =>
    h("button", { type: "button", "aria-label": label, onclick }, sign);
  canvas.append(
    h(
      "div",
      { class: "view-buttons", role: "group", "aria-label": "Zoom" },
      button("Closer", "+", () => behaviour.scaleBy(view, 1.8)),
      button("Farther", "−", () => behaviour.scaleBy(view, 1 / 1.8)),
      button("All of it", "⤢", () => behaviour.transform(view, zoomIdentity)),
      saveButton("timeline.svg", () => pictureOf(svg)),
    ),
  );
  const resized = new ResizeObserver(() => {
    const width = canvas.clientWidth;
    behaviour
      .extent([
        [0, 0],
        [width, 100],
      ])
      .translateExtent([
        [0, 0],
        [width, 100],
      ]);
    redraw();
  });
  resized.observe(canvas);
  return () => resized.disconnect();
}

/** A year lasts a year, a month a month: what is told less precisely is drawn longer. */
function span(moment: Moment): Placed {
  return { moment, from: new Date(moment.start), to: new Date(+endOf(moment.end ?? moment.start)) };
}

function endOf(text: string): Date {
  const date = new Date(text);
  if (/^\d{4}$/.test(text)) date.setUTCFullYear(date.getUTCFullYear() + 1);
  else if (/^\d{4}-\d{2}$/.test(text)) date.setUTCMonth(date.getUTCMonth() + 1);
  return date;
}

const day = (date: Date): string =>
  date.toLocaleDateString("en", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

function paint(svg: SVGSVGElement, placed: readonly Placed[], scale: ScaleTime<number, number>, width: number): void {
  const lanes: number[] = [];
  let hidden = 0;
  const marks = placed.flatMap((each) => {
    const [x, end] = [scale(each.from), Math.max(scale(each.to), scale(each.from) + 10)];
    if (end < 0 || x > width) return [];
    const label = each.moment.label.length > 46 ? `${each.moment.label.slice(0, 44)}…` : each.moment.label;
    const right = end + 6 + label.length * CHARACTER;
    let lane = lanes.findIndex((taken) => taken < x - 4);
    if (lane < 0) lane = lanes.length;
    if (lane >= MOST_LANES) {
      hidden++;
      return [];
    }
    lanes[lane] = right;
    return [mark(each, x, end, TOP + lane * LANE + LANE / 2, label)];
  });
  const height = TOP + Math.max(3, lanes.length) * LANE + 16;
  const ticks = scale.ticks(Math.max(2, width / 110)).map((tick) => {
    const at = scale(tick);
    const axis = s("line", { x1: at, x2: at, y1: 20, y2: height });
    return s("g", { class: "tick" }, axis, s("text", { x: at + 4, y: 15 }, scale.tickFormat()(tick)));
  });
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("height", String(height));
  const note =
    hidden > 0 &&
    s(
      "text",
      { class: "note", x: width - 8, y: height - 4, "text-anchor": "end" },
      `${number(hidden)} more: come closer`,
    );
  svg.replaceChildren(s("g", { "aria-hidden": "true" }, ...ticks), ...marks, ...(note ? [note] : []));
}

function mark({ moment }: Placed, x: number, end: number, y: number, label: string): SVGElement {
  const kind = KINDS.has(moment.kind) ? moment.kind : "meeting";
  const title = `${moment.start}${moment.end ? ` – ${moment.end}` : ""}: ${moment.label}`;
  const content = [
    s("title", {}, title),
    s("rect", { class: `mark ${kind}`, x, y: y - 5, width: end - x, height: 10, rx: 5 }),
    s("text", { x: end + 5, y: y + 4 }, label),
  ];
  const href = moment.iri ? pageOf(moment.iri) : null;
  return href ? s("a", { href, "aria-label": `${label} · ${moment.start}` }, ...content) : s("g", {}, ...content);
}
