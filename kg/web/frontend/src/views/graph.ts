/** A network, laid out by forces; with its strongest ties as a list for those who cannot see or point at it. */

import cytoscape, { type Core, type ElementDefinition, type NodeSingular, type StylesheetStyle } from "cytoscape";
import fcose from "cytoscape-fcose";
import { debounced, h, number, plural } from "../dom";
import type { Edge, Network } from "../shapes";
import { pageOf } from "../site";
import { saveButton } from "./picture";
import "../styles/views.css";

cytoscape.use(fcose);

/** More than these are not told apart by anybody; the strongest are drawn. */
const MOST = 1500;
const LISTED = 200;
/** From how many nodes on there is less room for each. */
const LARGE = 60;
/** The least size of a name on the screen, the usual width of a letter in parts of it, and what is between node and name. */
const [FONT, EM, GAP] = [10, 0.55, 3];
const HUES: Readonly<Record<string, string>> = {
  official: "--accent",
  meeting: "--call",
  place: "--convening",
  agency: "--visit",
  initiative: "--trouble",
};

/** Draw *network* into *host*; return what ends it. */
export function draw(host: HTMLElement, { nodes, edges }: Network): () => void {
  allowWithoutStyleElement();
  const drawn = [...edges].sort((a, b) => b.count - a.count).slice(0, MOST);
  const canvas = h("div", { class: "view-canvas" });
  const about = h("p", { class: "view-about", role: "status" }, summary(nodes.size, edges.length, drawn.length));
  host.append(canvas, about, list(drawn, nodes));
  const graph = cytoscape({
    container: canvas,
    elements: elements(drawn, nodes),
    style: styles(),
    layout: layout(nodes.size),
    minZoom: 0.1,
    maxZoom: 4,
    boxSelectionEnabled: false,
  });
  nameWithoutOverlap(graph);
  graph.on(
    "zoom layoutstop",
    debounced(80, () => nameWithoutOverlap(graph)),
  );
  graph.on("dragfree", "node", () => nameWithoutOverlap(graph));
  canvas.append(buttons(graph));
  canvas.querySelectorAll("canvas").forEach((each) => each.setAttribute("aria-hidden", "true"));
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const repaint = () => graph.style(styles());
  dark.addEventListener("change", repaint);
  explain(graph, about, summary(nodes.size, edges.length, drawn.length));
  return () => {
    dark.removeEventListener("change", repaint);
    graph.destroy();
  };
}

/** Cytoscape would put a style element into the head, which the policy forbids; it does not where one of its name is. */
function allowWithoutStyleElement(): void {
  const name = "__________cytoscape_stylesheet";
  if (!document.getElementById(name)) document.head.append(h("meta", { id: name }));
}

function elements(edges: readonly Edge[], nodes: Network["nodes"]): ElementDefinition[] {
  const degree = new Map<string, number>();
  for (const { source, target, count } of edges) {
    for (const end of [source, target]) degree.set(end, (degree.get(end) ?? 0) + count);
  }
  const largest = Math.max(1, ...degree.values());
  const most = Math.max(1, ...edges.map((edge) => edge.count));
  const used = [
    ...degree.keys(),
    ...[...nodes.keys()].filter((id) => !degree.has(id)).slice(0, edges.length ? 0 : MOST),
  ];
  return [
    ...used.map((id) => ({
      data: {
        id,
        label: shortened(nodes.get(id)?.label ?? id),
        kind: nodes.get(id)?.kind || "other",
        size: 12 + 22 * Math.sqrt((degree.get(id) ?? 0) / largest),
      },
    })),
    ...edges.map(({ source, target, label, count }, index) => ({
      data: { id: `e${index}`, source, target, label, width: 1 + (4 * (count - 1)) / Math.max(1, most - 1), count },
    })),
  ];
}

const shortened = (text: string): string => (text.length > 40 ? `${text.slice(0, 38)}…` : text);

/** What is behind the drawing. */
const paper = (): string => getComputedStyle(document.documentElement).getPropertyValue("--card").trim() || "#fff";

function styles(): StylesheetStyle[] {
  const computed = getComputedStyle(document.documentElement);
  const colour = (name: string) => computed.getPropertyValue(name).trim() || "#888";
  const font = getComputedStyle(document.body).fontFamily;
  return [
    {
      selector: "node",
      style: {
        label: "data(label)",
        width: "data(size)",
        height: "data(size)",
        "background-color": colour("--soft"),
        color: colour("--ink"),
        "font-family": font,
        "text-valign": "bottom",
        "text-margin-y": GAP,
        "text-outline-color": colour("--card"),
        "text-outline-width": 2,
      },
    },
    ...Object.entries(HUES).map(([kind, name]) => ({
      selector: `node[kind = "${kind}"]`,
      style: { "background-color": colour(name) },
    })),
    {
      selector: "edge",
      style: {
        width: "data(width)",
        "line-color": colour("--edge"),
        "line-opacity": 0.55,
        "curve-style": "bezier",
        label: "data(label)",
        color: colour("--soft"),
        "font-family": font,
        "font-size": 8,
        "text-rotation": "autorotate",
        "text-outline-color": colour("--card"),
        "text-outline-width": 2,
        "min-zoomed-font-size": 8,
      },
    },
    {
      selector: "edge[label != '']",
      style: { "target-arrow-shape": "triangle", "target-arrow-color": colour("--edge"), "arrow-scale": 0.7 },
    },
    { selector: "node.crowded", style: { "text-opacity": 0 } },
    { selector: "node.near", style: { "text-opacity": 1 } },
    { selector: ".faded", style: { opacity: 0.15 } },
    { selector: "node.chosen", style: { "border-width": 3, "border-color": colour("--ink") } },
  ] as StylesheetStyle[];
}

/** Names have their size on the screen, however near one looks; where two would overlap, the greater node has its own. */
function nameWithoutOverlap(graph: Core): void {
  if (graph.destroyed()) return;
  const unit = 1 / graph.zoom();
  const kept: [left: number, top: number, right: number, bottom: number][] = [];
  graph.batch(() => {
    for (const node of graph
      .nodes()
      .sort((a, b) => Number(b.data("size")) - Number(a.data("size"))) as Iterable<NodeSingular>) {
      const [size, { x, y }] = [Number(node.data("size")), node.position()];
      const font = (FONT + size / 8) * unit;
      const half = (String(node.data("label")).length * EM * font) / 2;
      const top = y + size / 2 + GAP;
      const box = [x - half, top, x + half, top + 1.2 * font] as const;
      const crowded = kept.some(
        (other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3],
      );
      if (!crowded) kept.push([...box]);
      node.style("font-size", font);
      node.toggleClass("crowded", crowded);
    }
  });
}

/** The more there is, the less room each has: names of a small network are not to lie upon each other. */
function layout(nodes: number): cytoscape.LayoutOptions {
  const roomy = nodes > LARGE ? 1 : 2;
  return {
    name: "fcose",
    animate: false,
    quality: nodes > 600 ? "default" : "proof",
    nodeSeparation: 100 * roomy,
    idealEdgeLength: () => 100 * roomy,
    nodeRepulsion: () => 9000 * roomy ** 4,
    gravity: 0.12,
    packComponents: true,
  } as cytoscape.LayoutOptions;
}

function buttons(graph: Core): HTMLElement {
  const zoom = (factor: number) => () =>
    graph.zoom({ level: graph.zoom() * factor, renderedPosition: { x: graph.width() / 2, y: graph.height() / 2 } });
  return h(
    "div",
    { class: "view-buttons", role: "group", "aria-label": "Zoom" },
    h("button", { type: "button", "aria-label": "Closer", onclick: zoom(1.4) }, "+"),
    h("button", { type: "button", "aria-label": "Farther", onclick: zoom(1 / 1.4) }, "−"),
    h("button", { type: "button", "aria-label": "All of it", onclick: () => graph.fit(undefined, 24) }, "⤢"),
    saveButton("graph.png", () => graph.png({ output: "blob", full: true, scale: 2, bg: paper() })),
  );
}

/** Have a chosen node stand out with its neighbours, and *about* name it, with the way to its page. */
function explain(graph: Core, about: HTMLElement, otherwise: string): void {
  const clear = () => {
    graph.elements().removeClass("faded chosen near");
    about.replaceChildren(otherwise);
  };
  graph.on("tap", (event) => {
    if (event.target === graph) clear();
  });
  graph.on("tap", "node", (event) => {
    const node = event.target as NodeSingular;
    clear();
    const near = node.closedNeighborhood();
    graph.elements().not(near).addClass("faded");
    near.addClass("near");
    node.addClass("chosen");
    const href = pageOf(node.id());
    const name = String(node.data("label"));
    about.replaceChildren(
      href ? h("a", { href }, name) : name,
      `, with ${plural(near.nodes().length - 1, "neighbour")}`,
    );
  });
}

function summary(nodes: number, edges: number, drawn: number): string {
  const all = `${plural(nodes, "node")}, ${plural(edges, "tie")}`;
  return drawn < edges
    ? `${all}; the ${number(drawn)} strongest are drawn`
    : `${all}. Choose a node to see its neighbours.`;
}

function list(edges: readonly Edge[], nodes: Network["nodes"]): HTMLElement {
  const named = (id: string) => {
    const label = nodes.get(id)?.label ?? id;
    const href = pageOf(id);
    return href ? h("a", { href }, label) : h("span", {}, label);
  };
  const items = edges
    .slice(0, LISTED)
    .map(({ source, target, label, count }) =>
      h("li", {}, named(source), ` ${label || "–"} `, named(target), count > 1 && ` (${number(count)})`),
    );
  const rest = edges.length > LISTED && h("p", {}, `and ${number(edges.length - LISTED)} more`);
  return h("details", { class: "view-list" }, h("summary", {}, "As a list"), h("ul", {}, ...items), rest);
}
