/** Elements in one line. Text is always set as text: nothing that comes from the data is read as markup. */

export type Child = Node | string | number | null | undefined | false;
export type Properties = Readonly<Record<string, unknown>>;

const SVG = "http://www.w3.org/2000/svg";

/** Make an HTML element. Functions become listeners (`onclick`), true an empty attribute; false and undefined none. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Properties = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  return filled(document.createElement(tag), properties, children);
}

/** The same for SVG. */
export function s<K extends keyof SVGElementTagNameMap>(
  tag: K,
  properties: Properties = {},
  ...children: Child[]
): SVGElementTagNameMap[K] {
  return filled(document.createElementNS(SVG, tag) as SVGElementTagNameMap[K], properties, children);
}

function filled<E extends Element>(element: E, properties: Properties, children: Child[]): E {
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value as EventListener);
    else if (value !== undefined && value !== null && value !== false) {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false).map(node));
  return element;
}

const node = (child: Child): Node | string => (child instanceof Node ? child : String(child));

export const number = (value: number): string => value.toLocaleString("en");

/** `1 row`, `2 rows`. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${number(count)} ${count === 1 ? one : many}`;

/** Copy *text*, and let *button* say so for a moment. */
export async function copy(text: string, button: HTMLElement): Promise<void> {
  const said = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
  } catch {
    button.textContent = "Not allowed by the browser";
  }
  setTimeout(() => (button.textContent = said), 1600);
}

/** Have *action* run once, *milliseconds* after the last call. */
export function debounced<A extends unknown[]>(
  milliseconds: number,
  action: (...given: A) => void,
): (...given: A) => void {
  let timer = 0;
  return (...given) => {
    clearTimeout(timer);
    timer = window.setTimeout(() => action(...given), milliseconds);
  };
}
