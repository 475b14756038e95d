/** A text field with proposals, after the combobox pattern of ARIA 1.2 (list autocomplete with manual selection). */

import { suggestions, type Suggestion } from "../complete";
import { debounced, h, plural } from "../dom";
import { BASE } from "../site";

let made = 0;

/**
 * Let *input* propose what `data-complete` (an address) answers, of the types in `data-type`.
 *
 * A choice leads to its page; with `data-pick="iri"` its IRI, short of the base, becomes the field's value instead.
 */
export function combobox(input: HTMLInputElement): void {
  new Combobox(input);
}

class Combobox {
  private readonly list: HTMLUListElement;
  private readonly status = h("span", { class: "cb-status", role: "status" });
  private found: readonly Suggestion[] = [];
  private active = -1;
  private asked = new AbortController();

  constructor(private readonly input: HTMLInputElement) {
    const id = `complete-${++made}`;
    const name = input.labels?.[0]?.textContent?.trim() || input.getAttribute("aria-label") || "Proposals";
    this.list = h("ul", { id, role: "listbox", class: "cb-list", "aria-label": name, hidden: true });
    const attributes = {
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-controls": id,
      "aria-expanded": "false",
      autocomplete: "off",
    };
    for (const [key, value] of Object.entries(attributes)) input.setAttribute(key, value);
    input.after(this.list, this.status);
    const ask = debounced(70, () => void this.ask());
    input.addEventListener("input", ask);
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    this.list.addEventListener("click", (event) => {
      const option = (event.target as Element).closest("[role=option]");
      if (option) this.choose([...this.list.children].indexOf(option));
    });
  }

  private async ask(): Promise<void> {
    this.asked.abort();
    const { signal } = (this.asked = new AbortController());
    const text = this.input.value.trim();
    try {
      const found = text
        ? await suggestions(
            this.input.dataset["complete"] ?? "",
            text,
            signal,
            this.input.dataset["type"]?.split(" ").filter(Boolean),
          )
        : [];
      if (!signal.aborted && document.activeElement === this.input) this.show(found);
    } catch {
      if (!signal.aborted) this.close();
    }
  }

  private show(found: readonly Suggestion[]): void {
    const kept = this.found[this.active]?.iri; // what was pointed at before these came is pointed at still
    this.found = found;
    this.list.replaceChildren(...found.map((each, index) => this.option(each, index)));
    this.list.hidden = found.length === 0;
    this.input.setAttribute("aria-expanded", String(found.length > 0));
    this.status.textContent = found.length ? `${plural(found.length, "proposal")}` : "";
    this.point(kept === undefined ? -1 : found.findIndex(({ iri }) => iri === kept));
    this.place();
  }

  private option({ label, type, detail }: Suggestion, index: number): HTMLElement {
    const about = [type, detail].filter(Boolean).join(" · ");
    return h(
      "li",
      { id: `${this.list.id}-${index}`, role: "option", "aria-selected": "false" },
      h("bdi", {}, label),
      about && h("small", {}, about),
    );
  }

  private key(event: KeyboardEvent): void {
    const open = !this.list.hidden;
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move && !open && this.input.value) void this.ask();
    else if (move && open) {
      const count = this.found.length + 1; // one place more: the field itself
      this.point(((this.active + 1 + move + count) % count) - 1);
    } else if (event.key === "Enter" && open && this.active >= 0) this.choose(this.active);
    else if (event.key === "Escape" && open) this.close();
    else if (event.key === "Tab" && open) return this.close();
    else return;
    event.preventDefault();
  }

  private point(index: number): void {
    this.active = index;
    [...this.list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    if (index < 0) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", `${this.list.id}-${index}`);
    this.list.children[index]?.scrollIntoView({ block: "nearest" });
  }

  private choose(index: number): void {
    const chosen = this.found[index];
    if (!chosen) return;
    this.close();
    if (this.input.dataset["pick"] === "iri") {
      this.input.value = chosen.iri.startsWith(BASE) ? chosen.iri.slice(BASE.length) : chosen.iri;
      this.input.dispatchEvent(new Event("change", { bubbles: true }));
    } else if (chosen.url) location.assign(chosen.url);
  }

  private close(): void {
    this.asked.abort();
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.active = -1;
  }

  /** Lie under the field, as wide as it, and wider where that is too narrow for names. */
  private place(): void {
    const { offsetLeft, offsetTop, offsetHeight, offsetWidth } = this.input;
    const room = document.documentElement.clientWidth - 16;
    const width = Math.min(Math.max(offsetWidth, 320), room);
    const left = this.input.getBoundingClientRect().left;
    const shift = Math.min(0, room - (left + width));
    Object.assign(this.list.style, {
      left: `${offsetLeft + shift}px`,
      top: `${offsetTop + offsetHeight + 4}px`,
      width: `${width}px`,
    });
  }
}
