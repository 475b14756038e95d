/** The answer below the query: its figures, the views that it can be seen in, and the files to take away. */

import type { Reply } from "../answer";
import { copy, h, number, plural } from "../dom";
import type { Rows } from "../results";
import { VIEWS, type View } from "../views";
import { Reading, Table } from "./table";

/** The longest beginning of an answer that is shown as it came. */
const RAW = 200_000;

interface Tab {
  readonly name: string;
  readonly title: string;
  readonly wants: string | null;
  readonly show: (panel: HTMLElement) => void | Promise<void | (() => void)>;
}

interface Wishes {
  readonly reading: Reading;
  /** The address that answers *query* in a format, for download. */
  readonly address: (query: string, format: string) => string;
  readonly viewed: (view: string) => void;
}

export class Results {
  private ended: (() => void) | undefined;
  private turn = 0;

  constructor(
    private readonly host: HTMLElement,
    private readonly wishes: Wishes,
  ) {}

  clear(): void {
    this.turn++;
    this.ended?.();
    this.ended = undefined;
    this.host.replaceChildren();
  }

  /** Show *reply* to *query*, in the view called *view* if it fits. */
  show(reply: Reply, query: string, view: string): void {
    this.clear();
    const { answer } = reply;
    if ("truth" in answer) {
      this.host.append(h("p", { class: "truth" }, answer.truth ? "Yes" : "No"), this.figures(reply, "answered"));
      return;
    }
    if (!answer.rows.length) {
      this.host.append(h("h2", {}, "Nothing fits this query"), this.figures(reply, "answered"));
      return;
    }
    const tabs = this.tabs(answer, reply);
    const panel = h("div", { role: "tabpanel", class: "wb-panel", id: "wb-panel", tabindex: -1 });
    const buttons = tabs.map((tab) => this.button(tab));
    const list = h(
      "div",
      {
        role: "tablist",
        "aria-label": "Views of the result",
        class: "wb-tabs",
        onkeydown: (event: KeyboardEvent) => walk(event, buttons),
      },
      ...buttons,
    );
    const pick = (index: number) => {
      const tab = tabs[index];
      if (!tab || tab.wants) return;
      buttons.forEach((button, at) => {
        button.setAttribute("aria-selected", String(at === index));
        button.tabIndex = at === index ? 0 : -1;
      });
      panel.setAttribute("aria-labelledby", buttons[index]?.id ?? "");
      void this.open(tab, panel);
    };
    buttons.forEach((button, index) => button.addEventListener("click", () => pick(index)));
    const rows = plural(answer.rows.length, answer.graph ? "statement" : "row");
    this.host.append(
      h(
        "div",
        { class: "wb-bar wb-top" },
        h("h2", { id: "result-heading" }, rows),
        this.figures(reply),
        this.downloads(query, answer.graph),
      ),
      list,
      panel,
    );
    const wanted = tabs.findIndex((tab) => tab.name === view && !tab.wants);
    pick(Math.max(0, wanted));
  }

  private async open(tab: Tab, panel: HTMLElement): Promise<void> {
    this.ended?.();
    this.ended = undefined;
    const turn = ++this.turn;
    panel.replaceChildren();
    panel.className = `wb-panel wb-${tab.name}`;
    this.wishes.viewed(tab.name);
    panel.setAttribute("aria-busy", "true");
    try {
      const ended = await tab.show(panel);
      if (turn === this.turn) this.ended = ended || undefined;
      else ended?.();
    } catch (error) {
      if (turn === this.turn)
        panel.replaceChildren(h("p", { class: "wb-problem", role: "alert" }, `This view failed: ${String(error)}`));
    }
    panel.removeAttribute("aria-busy");
  }

  private tabs(rows: Rows, reply: Reply): readonly Tab[] {
    const table = (panel: HTMLElement) => void new Table(panel, rows, this.wishes.reading);
    return [
      { name: "table", title: "Table", wants: null, show: table },
      ...VIEWS.map((view) => ({
        name: view.name,
        title: view.title,
        wants: view.fits(rows) ? null : view.wants,
        show: (panel: HTMLElement) => this.draw(view, rows, panel),
      })),
      { name: "raw", title: "Raw", wants: null, show: (panel: HTMLElement) => raw(panel, reply) },
    ];
  }

  private async draw(view: View, rows: Rows, panel: HTMLElement): Promise<void | (() => void)> {
    const { reading } = this.wishes;
    await reading.ready(rows.columns, rows.rows);
    const paint = await view.load(rows, (term) => reading.text(term));
    return paint?.(panel);
  }

  private button({ name, title, wants }: Tab): HTMLButtonElement {
    const tip = wants ? `Needs ${wants}` : undefined;
    return h(
      "button",
      {
        type: "button",
        role: "tab",
        id: `wb-tab-${name}`,
        "aria-controls": "wb-panel",
        "aria-disabled": wants ? "true" : undefined,
        title: tip,
        tabindex: -1,
      },
      title,
    );
  }

  private figures({ milliseconds, bytes }: Reply, word = ""): HTMLElement {
    const time = milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
    return h("p", { class: "wb-figures" }, `${word} in ${time} · ${size(bytes)}`.trim());
  }

  private downloads(query: string, graph: boolean): HTMLElement {
    const formats = graph
      ? [
          ["ttl", "Turtle"],
          ["jsonld", "JSON-LD"],
          ["nt", "N-Triples"],
          ["rdf", "RDF/XML"],
        ]
      : [
          ["csv", "CSV"],
          ["tsv", "TSV"],
          ["json", "JSON"],
          ["xml", "XML"],
        ];
    const links = formats.map(([format = "", title = ""]) =>
      h("a", { href: this.wishes.address(query, format), download: `result.${format}` }, title),
    );
    return h("p", { class: "wb-downloads" }, "Download ", ...links);
  }
}

const size = (bytes: number): string =>
  bytes < 1000
    ? `${bytes} B`
    : bytes < 1e6
      ? `${number(Math.round(bytes / 1000))} kB`
      : `${(bytes / 1e6).toFixed(1)} MB`;

/** The arrow keys go from tab to tab, as in the pattern of ARIA. */
function walk(event: KeyboardEvent, buttons: readonly HTMLButtonElement[]): void {
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  const moves: Readonly<Record<string, number>> = {
    ArrowRight: at + 1,
    ArrowLeft: at - 1,
    Home: 0,
    End: buttons.length - 1,
  };
  const to = moves[event.key];
  if (at < 0 || to === undefined) return;
  event.preventDefault();
  buttons[(to + buttons.length) % buttons.length]?.focus();
}

function raw(panel: HTMLElement, { text, mediaType }: Reply): void {
  const shown = mediaType.includes("json") && text.length < RAW ? JSON.stringify(JSON.parse(text), null, 2) : text;
  const button: HTMLButtonElement = h("button", { type: "button", onclick: () => void copy(text, button) }, "Copy");
  const cut = shown.length > RAW && h("p", {}, `The first ${number(RAW)} characters of ${number(shown.length)}.`);
  panel.append(
    h("div", { class: "wb-bar" }, h("code", {}, mediaType), button),
    h("pre", { tabindex: 0, "aria-label": "Raw answer" }, shown.slice(0, RAW)),
    ...(cut ? [cut] : []),
  );
}
