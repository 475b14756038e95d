/** Figures that come alive: `data-view` says as what, `data-source` where the rows are. */

import { h } from "../dom";

/** Draw *element* when it comes near the reader's eyes; what it holds stays below, as a table, and as it is if that fails. */
export function figure(element: HTMLElement): void {
  const watch = new IntersectionObserver(
    (seen) => {
      if (!seen.some((entry) => entry.isIntersecting)) return;
      watch.disconnect();
      draw(element).catch((error: unknown) => console.warn(`${element.dataset["view"]} is left as it is:`, error));
    },
    { rootMargin: "200px" },
  );
  watch.observe(element);
}

async function draw(element: HTMLElement): Promise<void> {
  const [{ rowsOf }, { VIEWS }] = await Promise.all([import("../answer"), import("../views")]);
  const view = VIEWS.find(
    (each) => each.name === element.dataset["view"] || (each.name === "graph" && element.dataset["view"] === "network"),
  );
  if (!view?.load) return;
  const rows = await rowsOf(element.dataset["source"] ?? "");
  const host = h("div", { class: "view-host" });
  const paint = await view.load(rows, (term) => term.value);
  if (!paint) return;
  const kept = [...element.childNodes].filter((node) => !(node instanceof Element && node.matches("figcaption")));
  element.prepend(host);
  await paint(host);
  const drawing = kept.find((node) => node instanceof Element && node.matches("svg"));
  if (drawing) kept.forEach((node) => node.remove());
  else if (kept.some((node) => node.textContent?.trim())) {
    host.after(h("details", { class: "view-kept" }, h("summary", {}, "As a table"), ...kept));
  }
}
