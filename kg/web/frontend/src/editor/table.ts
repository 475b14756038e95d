/** The rows of an answer as a table: sorted, filtered and turned over page by page, with labels in place of IRIs. */

import { copy, debounced, h, number, plural } from "../dom";
import { isDate, isNumber, type Row, type Rows, type Term } from "../results";
import { isOurs, pageOf, tailOf } from "../site";
import type { Labels } from "./labels";
import type { Vocabulary } from "./vocabulary";

const SIZES = [50, 200, 1000];
/** A cell shows the beginning of what is longer. */
const LONGEST = 300;
/** Names of so many things are asked for at once. */
const MOST_NAMED = 5000;
const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** Shows terms as people read them; one for the table and the drawings. */
export class Reading {
  /** Whether IRIs are replaced by labels. */
  named = true;

  constructor(
    readonly labels: Labels,
    private readonly vocabulary: Vocabulary,
  ) {}

  /** Have the names of the entities in *rows* at hand, as far as they are not too many. */
  async ready(columns: readonly string[], rows: readonly Row[]): Promise<void> {
    if (!this.named) return;
    const found = new Set<string>();
    for (const row of rows) {
      for (const name of columns) {
        const term = row[name];
        if (term?.type === "uri" && isOurs(term.value)) found.add(term.value);
      }
      if (found.size >= MOST_NAMED) break;
    }
    await this.labels.ready(found);
  }

  text(term: Term): string {
    if (term.type !== "uri") return term.type === "bnode" ? `_:${term.value}` : term.value;
    const { value } = term;
    const label = this.named ? (this.labels.of(value) ?? this.vocabulary.byIri.get(value)?.label) : undefined;
    return label ?? (isOurs(value) ? tailOf(value) : (this.vocabulary.short(value) ?? value));
  }
}

export class Table {
  private sorted: { column: string; down: boolean } | null = null;
  private needle = "";
  private size = SIZES[0] as number;
  private at = 0;
  private shown: readonly Row[];
  private readonly body = h("tbody");
  private readonly heads: HTMLElement[] = [];
  private readonly pager = h("div", { class: "wb-pager" });

  constructor(
    private readonly host: HTMLElement,
    private readonly rows: Rows,
    private readonly reading: Reading,
  ) {
    this.shown = rows.rows;
    const find = debounced(150, (value: string) => void this.filter(value));
    const filter = h("input", {
      type: "search",
      placeholder: "Filter rows",
      "aria-label": "Filter rows",
      oninput: (event: Event) => find((event.target as HTMLInputElement).value),
    });
    const named = h("input", { type: "checkbox", checked: reading.named, onchange: () => this.name(named.checked) });
    const taken: HTMLButtonElement = h(
      "button",
      { type: "button", title: "For a spreadsheet: as they are read", onclick: () => void this.take(taken) },
      "Copy rows",
    );
    const head = h(
      "tr",
      {},
      h("th", { class: "wb-count" }, h("span", { class: "aside" }, "Row")),
      ...rows.columns.map((name) => this.head(name)),
    );
    const table = h("table", {}, h("thead", {}, head), this.body);
    this.host.replaceChildren(
      h(
        "div",
        { class: "wb-bar" },
        filter,
        h("label", { class: "wb-check" }, named, " Labels for IRIs"),
        taken,
        this.pager,
      ),
      h("div", { class: "wb-scroll", role: "region", "aria-label": "Rows", tabindex: 0 }, table),
    );
    this.paint();
  }

  /** Copy the rows that are shown, of all pages, as lines of columns parted by tabs. */
  private async take(button: HTMLButtonElement): Promise<void> {
    const { columns } = this.rows;
    await this.reading.ready(columns, this.shown);
    const cells = (row: Row) =>
      columns.map((name) => (row[name] ? this.reading.text(row[name]) : "").replace(/\s+/g, " "));
    await copy([columns, ...this.shown.map(cells)].map((line) => line.join("\t")).join("\n"), button);
  }

  private head(name: string): HTMLElement {
    const th = h("th", { scope: "col" }, h("button", { type: "button", onclick: () => this.sort(name) }, name));
    this.heads.push(th);
    return th;
  }

  private name(named: boolean): void {
    this.reading.named = named;
    this.paint();
  }

  /** Keep the rows in which *needle* is to be read; names are asked for first, as far as they are not too many. */
  private async filter(needle: string): Promise<void> {
    this.needle = needle.trim().toLowerCase();
    await this.reading.ready(this.rows.columns, this.rows.rows);
    if (this.needle === needle.trim().toLowerCase()) this.arrange();
  }

  /** Up, down, and as it came. */
  private sort(column: string): void {
    const { sorted } = this;
    this.sorted = sorted?.column !== column ? { column, down: false } : sorted.down ? null : { column, down: true };
    this.arrange();
  }

  private arrange(): void {
    const { rows, columns } = this.rows;
    const fits = (row: Row) =>
      columns.some((name) => row[name] && this.reading.text(row[name]).toLowerCase().includes(this.needle));
    const found = this.needle ? rows.filter(fits) : [...rows];
    if (this.sorted) {
      const { column, down } = this.sorted;
      const keyed = found.map((row) => ({ row, key: this.key(row[column]) }));
      keyed.sort((a, b) => (down ? -1 : 1) * compare(a.key, b.key));
      this.shown = keyed.map(({ row }) => row);
    } else this.shown = found;
    this.at = 0;
    this.paint();
  }

  private key(term: Term | undefined): number | string {
    if (!term) return "";
    return isNumber(term) ? Number(term.value) : isDate(term) ? term.value : this.reading.text(term);
  }

  private paint(): void {
    const page = this.shown.slice(this.at, this.at + this.size);
    this.body.replaceChildren(...page.map((row, index) => this.row(row, this.at + index + 1)));
    this.rows.columns.forEach((name, index) => {
      const by = this.sorted?.column === name ? (this.sorted.down ? "descending" : "ascending") : "none";
      this.heads[index]?.setAttribute("aria-sort", by);
    });
    this.turn();
    if (this.reading.named) void this.label(page);
  }

  /** Put labels in where they were not known. */
  private async label(page: readonly Row[]): Promise<void> {
    await this.reading.ready(this.rows.columns, page);
    for (const link of this.body.querySelectorAll<HTMLAnchorElement>("a[data-iri]")) {
      const label = this.reading.named && this.reading.labels.of(link.dataset["iri"] ?? "");
      if (label) link.textContent = clipped(label);
    }
  }

  private row(row: Row, index: number): HTMLElement {
    const cells = this.rows.columns.map((name) => {
      const term = row[name];
      return h(
        "td",
        { class: isNumber(term) ? "wb-number" : isDate(term) ? "wb-whole" : undefined },
        term && this.cell(term),
      );
    });
    return h("tr", {}, h("td", { class: "wb-count" }, number(index)), ...cells);
  }

  private cell(term: Term): Node {
    const text = this.reading.text(term);
    const href = term.type === "uri" ? pageOf(term.value) : null;
    if (href) {
      const elsewhere = !href.startsWith("/") && { rel: "noreferrer external" };
      return h(
        "bdi",
        {},
        h(
          "a",
          { href, title: clipped(term.value), "data-iri": isOurs(term.value) ? term.value : undefined, ...elsewhere },
          clipped(text),
        ),
      );
    }
    if (text.length > LONGEST) return long(text);
    const note = term["xml:lang"] ?? "";
    return h("bdi", {}, text, note && note !== "en" ? h("small", {}, ` ${note}`) : null);
  }

  /** Show where in the rows the reader is, and the way to the others. */
  private turn(): void {
    const { shown, at, size } = this;
    const to = Math.min(at + size, shown.length);
    const go = (label: string, sign: string, target: number) =>
      h(
        "button",
        {
          type: "button",
          "aria-label": label,
          disabled: target < 0 || target >= shown.length,
          onclick: () => this.move(target, label),
        },
        sign,
      );
    const sizes = h(
      "select",
      {
        "aria-label": "Rows a page",
        onchange: (event: Event) => this.resize(Number((event.target as HTMLSelectElement).value)),
      },
      ...SIZES.map((each) => h("option", { value: each, selected: each === size }, `${number(each)} a page`)),
    );
    const all =
      shown.length === this.rows.rows.length
        ? plural(shown.length, "row")
        : `${number(shown.length)} of ${plural(this.rows.rows.length, "row")}`;
    const where = shown.length > size ? `${number(at + 1)}–${number(to)} of ${number(shown.length)}` : all;
    const moves = shown.length > size && [
      go("First page", "«", at ? 0 : -1),
      go("Page before", "‹", at - size),
      go("Next page", "›", at + size),
      go("Last page", "»", at + size < shown.length ? Math.floor((shown.length - 1) / size) * size : -1),
    ];
    this.pager.replaceChildren(
      h("span", { role: "status" }, where),
      ...(moves || []),
      ...(this.rows.rows.length > (SIZES[0] as number) ? [sizes] : []),
    );
  }

  private move(target: number, label: string): void {
    this.at = target;
    this.paint();
    this.host.querySelector(".wb-scroll")?.scrollTo(0, 0);
    const again = this.pager.querySelector<HTMLButtonElement>(`[aria-label="${label}"]:enabled`);
    (again ?? this.pager.querySelector<HTMLButtonElement>("button:enabled"))?.focus();
  }

  private resize(size: number): void {
    this.size = size;
    this.at = Math.floor(this.at / size) * size;
    this.paint();
  }
}

const clipped = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

function long(text: string): HTMLElement {
  const rest = h("bdi", {}, clipped(text));
  const more = h(
    "button",
    { type: "button", class: "wb-more", onclick: () => (rest.replaceChildren(text.slice(0, 100_000)), more.remove()) },
    "all of it",
  );
  return h("span", {}, rest, " ", more);
}

function compare(a: number | string, b: number | string): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (a === "" || b === "") return a === b ? 0 : a === "" ? 1 : -1;
  return collator.compare(String(a), String(b));
}
