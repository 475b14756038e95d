/** A drawing to take away, as it is seen. */

import { h } from "../dom";

/** What the style sheet says of a shape, which the picture has to say itself. */
const LOOKS = [
  ...["fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "vector-effect", "opacity"],
  ...["font-family", "font-size", "font-weight", "text-anchor"],
];

/** A button that saves what *make* makes, under *name*. */
export function saveButton(name: string, make: () => Blob): HTMLButtonElement {
  const save = () => {
    const href = URL.createObjectURL(make());
    h("a", { href, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(href), 10_000);
  };
  return h(
    "button",
    { type: "button", "aria-label": "Save as a picture", title: "Save as a picture", onclick: save },
    "⤓",
  );
}

/** Return *svg* as a file that looks the same without this page's style sheets. */
export function pictureOf(svg: SVGSVGElement): Blob {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const [shown, copied] = [
    [svg, ...svg.querySelectorAll("*")],
    [copy, ...copy.querySelectorAll("*")],
  ];
  shown.forEach((element, index) => {
    const looks = getComputedStyle(element);
    for (const name of LOOKS) copied[index]?.setAttribute(name, looks.getPropertyValue(name));
  });
  for (const link of copy.querySelectorAll("a")) {
    link.setAttribute("href", new URL(link.getAttribute("href") ?? "", location.href).href);
  }
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  return new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" });
}
