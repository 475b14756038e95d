/** Bars: lying where they have names, standing where they are years. */

import { scaleLinear } from "d3-scale";
import { h, number, plural, s } from "../dom";
import type { Rows } from "../results";
import { barColumns, bars, type Bar, type Naming } from "../shapes";
import { pageOf } from "../site";
import { pictureOf, saveButton } from "./picture";
import "../styles/views.css";

const MOST = 40;
const [ROW, NAME, WIDTH] = [26, 260, 900];

/** Draw a chart of *rows* into *host*, with a choice of columns where there is one. */
export function draw(host: HTMLElement, rows: Rows, naming: Naming): void {
  const { values, names } = barColumns(rows);
  const drawing = h("div", {});
  const length = choice("Length", values);
  const name = choice("Bars", ["", ...names]);
  const redraw = () => drawing.replaceChildren(...drawn(bars(rows, naming, chosen(length.value, name.value))));
  for (const select of [length, name]) select.addEventListener("change", redraw);
  if (values.length > 1 || names.length > 1) {
    host.append(h("p", { class: "view-choices" }, ...[name, length].map((each) => each.parentElement ?? each)));
  }
  host.append(drawing);
  redraw();
}

const chosen = (value: string, name: string) => ({ value, ...(name ? { name } : {}) });

/** A labelled choice of columns; the empty one is what the query's names suggest. */
function choice(label: string, columns: readonly string[]): HTMLSelectElement {
  const options = columns.map((column) =>
    h("option", { value: column }, column ? `?${column}` : "as the query names them"),
  );
  const select = h("select", {}, ...options);
  h("label", {}, h("span", {}, label), select);
  return select;
}

function drawn(found: readonly Bar[]): HTMLElement[] {
  const years = found.length > 1 && found.every((bar) => /^\d{4}(-\d{2})?$/.test(bar.label));
  const shown = years ? [...found].sort((a, b) => a.label.localeCompare(b.label)) : found.slice(0, MOST);
  const most = Math.max(0, ...shown.map((bar) => bar.value));
  const least = Math.min(0, ...shown.map((bar) => bar.value));
  const about =
    shown.length < found.length
      ? `The first ${number(shown.length)} of ${plural(found.length, "bar")}`
      : plural(found.length, "bar");
  const svg = years ? standing(shown, most) : lying(shown, least, most);
  const save = saveButton("chart.svg", () => pictureOf(svg));
  return [
    h("div", { class: "view-canvas view-tall" }, svg, h("div", { class: "view-buttons" }, save)),
    h("p", { class: "view-about" }, about),
  ];
}

function lying(bars: readonly Bar[], least: number, most: number): SVGSVGElement {
  const scale = scaleLinear([least, most || 1], [NAME + 12, WIDTH - 70]);
  const rows = bars.map((bar, index) => {
    const y = index * ROW + 4;
    const [from, to] = [scale(Math.min(0, bar.value)), scale(Math.max(0, bar.value))];
    const label = bar.label.length > 40 ? `${bar.label.slice(0, 38)}…` : bar.label;
    return linked(
      bar,
      s("title", {}, `${bar.label}: ${number(bar.value)}`),
      s("text", { class: "name", x: NAME, y: y + 15, "text-anchor": "end" }, label),
      s("rect", { class: "mark", x: from, y: y + 3, width: Math.max(1, to - from), height: ROW - 10, rx: 2 }),
      s("text", { class: "figure", x: to + 7, y: y + 15 }, number(bar.value)),
    );
  });
  return s(
    "svg",
    { viewBox: `0 0 ${WIDTH} ${bars.length * ROW + 10}`, class: "view-chart", role: "group", "aria-label": "Chart" },
    ...rows,
  );
}

function standing(bars: readonly Bar[], most: number): SVGSVGElement {
  const [height, base] = [320, 286];
  const step = (WIDTH - 60) / bars.length;
  const scale = scaleLinear([0, most || 1], [base, 16]).nice();
  const every = Math.ceil(46 / step);
  const lines = scale
    .ticks(5)
    .map((tick) =>
      s(
        "g",
        { class: "tick", "aria-hidden": "true" },
        s("line", { x1: 50, x2: WIDTH, y1: scale(tick), y2: scale(tick) }),
        s("text", { x: 44, y: scale(tick) + 4, "text-anchor": "end" }, number(tick)),
      ),
    );
  const columns = bars.map((bar, index) => {
    const x = 54 + index * step;
    return linked(
      bar,
      s("title", {}, `${bar.label}: ${number(bar.value)}`),
      s("rect", {
        class: "mark",
        x,
        y: scale(bar.value),
        width: Math.max(1, Math.min(step * 0.75, 60)),
        height: base - scale(bar.value),
        rx: 2,
      }),
      ...(index % every === 0 ? [s("text", { class: "figure", x, y: base + 18 }, bar.label)] : []),
    );
  });
  return s(
    "svg",
    { viewBox: `0 0 ${WIDTH} ${height}`, class: "view-chart", role: "group", "aria-label": "Chart" },
    ...lines,
    ...columns,
  );
}

function linked(bar: Bar, ...content: SVGElement[]): SVGElement {
  const href = bar.iri ? pageOf(bar.iri) : null;
  return href ? s("a", { href }, ...content) : s("g", {}, ...content);
}
