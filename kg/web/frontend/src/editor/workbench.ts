/** The editor's page: the questions and what was asked before, the query, and its answer below. */

import { ask, Refused, type Problem } from "../answer";
import { copy, h, plural } from "../dom";
import { Code } from "./code";
import { gallery } from "./gallery";
import { asked, draft, forget, keepDraft, remember } from "./history";
import { Labels } from "./labels";
import { Results } from "./results";
import { showSnippets } from "./snippets";
import { Reading } from "./table";
import { Vocabulary } from "./vocabulary";

/** Addresses, as the page tells them. */
export interface Places {
  readonly endpoint: string;
  readonly complete: string;
  readonly vocabulary: string;
  readonly questions: string;
}

const EXAMPLE = `PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX readout: <https://w3id.org/readout/ontology#>
PREFIX schema: <https://schema.org/>

# Who met, and when: the latest encounters first
SELECT ?meeting ?date ?kind
WHERE {
  ?meeting a readout:Meeting ;
    readout:kind ?kind .
  OPTIONAL { ?meeting schema:startDate ?date }
}
ORDER BY DESC(STR(?date))
LIMIT 100
`;
const MOD = navigator.userAgent.includes("Mac") ? "⌘" : "Ctrl";
/** A longer address is refused on its way by some. */
const LONGEST_ADDRESS = 7000;

export class Workbench {
  private readonly code: Code;
  private readonly results: Results;
  private readonly said = h("p", { class: "wb-said", role: "status" });
  /** For the eyes alone: whoever listens is not told the time five times a second. */
  private readonly clock = h("span", { class: "wb-clock", "aria-hidden": "true" });
  private readonly trouble = h("div", { class: "wb-trouble" });
  private readonly runs = h("button", { type: "button", class: "primary wb-run", onclick: () => this.toggle() }, "Run");
  private readonly before = h("ul", { class: "wb-list" });
  private running: AbortController | null = null;
  private view = location.hash.slice(1);
  private progress = "";
  /** The graphs that the page's address names besides the query. */
  private readonly dataset = [...new URLSearchParams(location.search)].filter(([name]) =>
    /^(default|named)-graph-uri$/.test(name),
  );

  constructor(
    host: HTMLElement,
    text: string,
    vocabulary: Vocabulary,
    private readonly places: Places,
  ) {
    const labels = new Labels(places.endpoint);
    const [area, form, answer] = [
      h("div", { class: "wb-code" }),
      h("div", { class: "wb-form" }),
      h("section", { class: "wb-results", "aria-label": "Result" }),
    ];
    host.append(
      h(
        "div",
        { class: "wb" },
        this.side(form),
        h("div", { class: "wb-main" }, form, h("div", { class: "wb-box" }, area, this.bar()), this.trouble, answer),
      ),
    );
    const asking = new URLSearchParams(location.search).has("query");
    this.code = new Code(area, text || draft() || EXAMPLE, {
      vocabulary,
      labels,
      complete: places.complete,
      run: () => void this.run(),
      changed: keepDraft,
    });
    this.results = new Results(answer, {
      reading: new Reading(labels, vocabulary),
      address: (query, format) => this.address({ query, format }),
      viewed: (view) => this.viewed(view),
    });
    addEventListener("popstate", () => this.restore());
    if (asking && text.trim()) void this.run();
  }

  private side(form: HTMLElement): HTMLElement {
    const questions = h("div", { class: "wb-side-part" }, h("p", {}, "…"));
    void gallery(questions, { ...this.places, form, chosen: (text) => ((this.code.text = text), void this.run()) });
    this.list();
    const clear = h(
      "button",
      { type: "button", class: "wb-plain", onclick: () => (forget(), this.list()) },
      "Forget all",
    );
    const past = h("div", { class: "wb-side-part" }, this.before, clear);
    const part = (title: string, content: HTMLElement, open: boolean) =>
      h("details", { name: "wb-side", open }, h("summary", {}, title), content);
    const wide = matchMedia("(min-width: 64rem)").matches;
    return h(
      "aside",
      { class: "wb-side", "aria-label": "Questions and history" },
      part("Questions", questions, wide),
      part("History", past, false),
    );
  }

  /** What was asked before, the latest first. */
  private list(): void {
    const items = asked().map((entry) => {
      const first =
        entry.text.split("\n").find((line) => /^\s*(?:SELECT|ASK|CONSTRUCT|DESCRIBE)/i.test(line)) ?? entry.text;
      const title = /^# (?:title: )?(.+)/.exec(entry.text)?.[1] ?? first.trim();
      const about = `${new Date(entry.when).toLocaleString()} · ${plural(entry.rows, "row")}`;
      return h(
        "li",
        {},
        h(
          "button",
          { type: "button", onclick: () => ((this.code.text = entry.text), this.code.focus()) },
          h("strong", {}, title.slice(0, 120)),
          h("small", {}, about),
        ),
      );
    });
    this.before.replaceChildren(
      ...(items.length ? items : [h("li", { class: "wb-empty" }, "Nothing has been asked yet.")]),
    );
  }

  private bar(): HTMLElement {
    const button = (title: string, tip: string, onclick: (event: Event) => void) =>
      h("button", { type: "button", title: tip, onclick }, title);
    return h(
      "div",
      { class: "wb-bar wb-actions", role: "group", "aria-label": "Query" },
      this.runs,
      button("Format", "Lay the query out (Shift+Alt+F)", () => this.code.format()),
      button("Prefixes", "Declare the prefixes that are used", () => this.code.declare()),
      button(
        "Copy link",
        "Copy an address that opens this query and its result",
        (event) => void copy(this.link(), event.target as HTMLElement),
      ),
      button("Code", "This query for curl, Python and R", () =>
        showSnippets(this.endpoint, this.code.text, this.asksGraph),
      ),
      h(
        "span",
        { class: "wb-keys" },
        h("kbd", {}, MOD),
        "+",
        h("kbd", {}, "Enter"),
        " runs, ",
        h("kbd", {}, "Ctrl"),
        "+",
        h("kbd", {}, "Space"),
        " proposes",
      ),
      this.said,
      this.clock,
    );
  }

  private get endpoint(): string {
    return new URL(this.places.endpoint, location.href).href;
  }

  private get asksGraph(): boolean {
    return /^(?:\s*(?:#.*|PREFIX\s+\S*\s*<[^>]*>|BASE\s*<[^>]*>))*\s*(?:CONSTRUCT|DESCRIBE)/i.test(this.code.text);
  }

  private address(parameters: Record<string, string>): string {
    return `${this.endpoint}?${new URLSearchParams([...Object.entries(parameters), ...this.dataset])}`;
  }

  private link(): string {
    return this.address({ query: this.code.text }) + (this.view ? `#${this.view}` : "");
  }

  private toggle(): void {
    if (this.running) this.running.abort();
    else void this.run();
  }

  /** Have the query answered, and show the answer, or why there is none. */
  private async run(): Promise<void> {
    this.running?.abort();
    this.code.declare();
    const running = (this.running = new AbortController());
    const text = this.code.text;
    const stop = this.wait();
    this.code.show(null);
    this.trouble.replaceChildren();
    try {
      const reply = await ask(
        this.dataset.length ? this.address({}) : this.places.endpoint,
        text,
        running.signal,
        (bytes) => this.received(bytes),
      );
      if (running !== this.running) return;
      this.visit(text);
      this.results.show(reply, text, this.view);
      const rows = "truth" in reply.answer ? 1 : reply.answer.rows.length;
      remember({ text, when: Date.now(), rows, milliseconds: reply.milliseconds });
      this.list();
      this.said.textContent = "truth" in reply.answer ? "" : plural(rows, reply.answer.graph ? "statement" : "row");
    } catch (error) {
      if (running === this.running) this.fail(error, running.signal.aborted);
    } finally {
      stop();
      if (running === this.running) this.running = null;
      if (!this.running) this.runs.textContent = "Run";
    }
  }

  /** Let the reader see that time goes by, and the way to stop; return what ends that. */
  private wait(): () => void {
    const began = performance.now();
    this.runs.textContent = "Cancel";
    this.said.textContent = "Running …";
    this.progress = "";
    const timer = setInterval(() => {
      this.clock.textContent = `${((performance.now() - began) / 1000).toFixed(1)} s${this.progress}`;
    }, 200);
    return () => {
      clearInterval(timer);
      this.clock.textContent = "";
    };
  }

  private received(bytes: number): void {
    this.progress = bytes > 500_000 ? ` · ${(bytes / 1e6).toFixed(1)} MB` : "";
  }

  private fail(error: unknown, cancelled: boolean): void {
    this.results.clear();
    this.said.textContent = cancelled ? "Cancelled." : "";
    if (cancelled) return;
    const problem: Problem =
      error instanceof Refused
        ? error.problem
        : { title: "No answer", status: 0, detail: "the server cannot be reached" };
    const where = problem.line ? ` (line ${problem.line}${problem.column ? `, column ${problem.column}` : ""})` : "";
    this.trouble.replaceChildren(
      h(
        "div",
        { class: "trouble", role: "alert" },
        h(
          "p",
          {},
          h("strong", {}, `${problem.title}.`),
          ` ${problem.detail}${problem.detail.includes("line ") ? "" : where}`,
        ),
        problem.hint && h("p", {}, problem.hint),
      ),
    );
    this.code.show(problem);
  }

  /** Make the page's address the one to share. */
  private visit(text: string): void {
    const address = this.link();
    const now = new URLSearchParams(location.search).get("query");
    if (address.length > LONGEST_ADDRESS || now === text) return;
    history.pushState(null, "", address);
  }

  private viewed(view: string): void {
    this.view = view === "table" ? "" : view;
    const { pathname, search, hash } = location;
    if (hash.slice(1) !== this.view) history.replaceState(null, "", pathname + search + (this.view && `#${this.view}`));
  }

  /** The reader went back or forth. */
  private restore(): void {
    const text = new URLSearchParams(location.search).get("query");
    this.view = location.hash.slice(1);
    if (!text) return;
    this.code.text = text;
    void this.run();
  }
}
