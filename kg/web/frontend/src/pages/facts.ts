/** A fact and its phrase in the text light up together, whichever of them is pointed at or has the focus. */

/** `data-fact` holds the names of one or several facts, parted by blanks; what shares a name belongs together. */
export function facts(root: Document): void {
  const byName = new Map<string, Element[]>();
  for (const element of root.querySelectorAll<HTMLElement>("[data-fact]")) {
    for (const name of namesOf(element)) byName.set(name, [...(byName.get(name) ?? []), element]);
  }
  const light = (element: Element | null, on: boolean) => {
    for (const name of element instanceof HTMLElement ? namesOf(element) : []) {
      for (const each of byName.get(name) ?? []) each.classList.toggle("on", on);
    }
  };
  const about = (event: Event) => (event.target instanceof Element ? event.target.closest("[data-fact]") : null);
  for (const [name, on] of [
    ["pointerover", true],
    ["focusin", true],
    ["pointerout", false],
    ["focusout", false],
  ] as const) {
    root.addEventListener(name, (event) => light(about(event), on));
  }
}

const namesOf = (element: HTMLElement): string[] => (element.dataset["fact"] ?? "").split(/\s+/).filter(Boolean);
