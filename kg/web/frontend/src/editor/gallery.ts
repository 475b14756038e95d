/** The saved questions: a list to find one in, and a form for the parameters of the chosen one. */

import { h } from "../dom";
import { combobox } from "../pages/combobox";

interface Parameter {
  readonly name: string;
  readonly type: "iri" | "string" | "date" | "year" | "integer";
  readonly default: string;
  readonly description: string;
}
interface Question {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly parameters: readonly Parameter[];
}

interface Wishes {
  /** Where the questions are, and where their texts: `{questions}/name.rq`. */
  readonly questions: string;
  readonly complete: string;
  readonly chosen: (text: string) => void;
  /** Where the form of the chosen question goes. */
  readonly form: HTMLElement;
}

/** Fill *host* with the list of questions. */
export async function gallery(host: HTMLElement, wishes: Wishes): Promise<void> {
  const response = await fetch(`${wishes.questions}.json`);
  const questions = response.ok ? ((await response.json()) as Question[]) : [];
  const items = questions.map((question) => {
    const open = () => void choose(question, wishes);
    return {
      question,
      element: h(
        "li",
        {},
        h(
          "button",
          { type: "button", onclick: open },
          h("strong", {}, question.title),
          h("small", {}, question.description),
        ),
      ),
    };
  });
  const filter = h("input", {
    type: "search",
    placeholder: "Find a question",
    "aria-label": "Find a question",
    oninput: () => {
      const words = filter.value.toLowerCase().split(/\s+/);
      for (const { question, element } of items) {
        const text = `${question.title} ${question.description} ${question.name}`.toLowerCase();
        element.hidden = !words.every((word) => text.includes(word));
      }
    },
  });
  host.replaceChildren(filter, h("ul", { class: "wb-list" }, ...items.map(({ element }) => element)));
}

/** The lines of a saved query that describe it to programs; here its title is enough. */
const HEAD = /^(?:#.*\n)+/;

async function choose(question: Question, wishes: Wishes): Promise<void> {
  const fields = question.parameters.map((parameter) => field(parameter, wishes.complete));
  const problem = h("p", { class: "wb-problem", role: "alert" });
  let asked = 0;
  const put = async () => {
    const turn = ++asked;
    const values = new URLSearchParams(fields.map(({ name, input }) => [name, input.value.trim()]));
    const response = await fetch(`${wishes.questions}/${question.name}.rq?${values}`, {
      headers: { Accept: "application/sparql-query, application/json" },
    });
    const said = await response.text();
    if (turn !== asked) return; // answers may overtake each other: the values asked for last count
    problem.textContent = response.ok ? "" : (detail(said) ?? `the server answered ${response.status}`);
    if (response.ok) wishes.chosen(said.replace(HEAD, `# ${question.title}\n`));
  };
  const close = () => wishes.form.replaceChildren();
  const form = h(
    "form",
    {
      class: "wb-question",
      "aria-label": question.title,
      onsubmit: (event: Event) => (event.preventDefault(), void put()),
    },
    h(
      "div",
      { class: "wb-bar" },
      h("h2", {}, question.title),
      h("button", { type: "button", class: "wb-plain", "aria-label": "Close the question", onclick: close }, "×"),
    ),
    h("p", {}, question.description),
    fields.length > 0 &&
      h(
        "div",
        { class: "wb-fields" },
        ...fields.map(({ element }) => element),
        h("button", { class: "primary" }, "Answer"),
      ),
    problem,
  );
  wishes.form.replaceChildren(form);
  for (const { input } of fields) if (input.dataset["complete"]) combobox(input);
  (fields[0]?.input ?? form.querySelector("button"))?.focus();
  await put();
}

function field(
  { name, type, default: value, description }: Parameter,
  complete: string,
): { name: string; input: HTMLInputElement; element: HTMLElement } {
  const entity = type === "iri" ? { "data-complete": complete, "data-pick": "iri", "data-type": typeOf(value) } : {};
  const inputmode = type === "integer" || type === "year" ? "numeric" : undefined;
  const input = h("input", {
    name,
    value,
    inputmode,
    type: type === "date" ? "date" : "text",
    autocomplete: "off",
    ...entity,
  });
  const label = h("label", {}, h("span", {}, description), h("span", { class: "wb-field" }, input));
  return { name, input, element: label };
}

const TYPES: Readonly<Record<string, string>> = {
  official: "official person",
  agency: "agency organization",
  initiative: "initiative",
  place: "country place",
};

/** What may be put in the place of a default: officials and other persons for `official/ada-example`. */
const typeOf = (value: string): string => TYPES[value.split("/")[0] ?? ""] ?? "";

function detail(body: string): string | undefined {
  try {
    return (JSON.parse(body) as { detail?: string }).detail;
  } catch {
    return undefined;
  }
}
