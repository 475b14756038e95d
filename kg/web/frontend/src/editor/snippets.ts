/** The query as a program of a few lines, to take away. */

import { copy, h } from "../dom";

interface Snippet {
  readonly title: string;
  readonly text: string;
}

/** Write *query* to *endpoint* in the languages of those who ask; *graph* tells CONSTRUCT and DESCRIBE from the others. */
export function snippets(endpoint: string, query: string, graph: boolean): readonly Snippet[] {
  const accept = graph ? "text/turtle" : "text/csv";
  const text = query.trimEnd();
  return [
    {
      title: "curl",
      text: `curl -H 'Accept: ${accept}' '${endpoint}' \\\n  --data-urlencode 'query=${text.replaceAll("'", "'\\''")}'\n`,
    },
    { title: "Python", text: graph ? pythonGraph(endpoint, text) : pythonTable(endpoint, text) },
    { title: "R", text: r(endpoint, text, accept, graph) },
    { title: "Address", text: `${endpoint}?${new URLSearchParams({ query: text, format: graph ? "ttl" : "csv" })}\n` },
  ];
}

const python = (query: string): string =>
  query.includes('"""') || query.includes("\\") ? JSON.stringify(query) : `"""\n${query}\n"""`;

const pythonTable = (endpoint: string, query: string): string => `import pandas as pd
from urllib.parse import urlencode
from urllib.request import Request, urlopen

query = ${python(query)}
request = Request("${endpoint}", urlencode({"query": query}).encode(), {"Accept": "text/csv"})
table = pd.read_csv(urlopen(request))
print(table)
`;

const pythonGraph = (endpoint: string, query: string): string => `from urllib.parse import urlencode
from urllib.request import Request, urlopen

from rdflib import Graph

query = ${python(query)}
request = Request("${endpoint}", urlencode({"query": query}).encode(), {"Accept": "text/turtle"})
graph = Graph().parse(data=urlopen(request).read(), format="turtle")
print(len(graph))
`;

function r(endpoint: string, query: string, accept: string, graph: boolean): string {
  const last = graph ? "" : " |>\n  readr::read_csv()";
  return `library(httr2)

query <- r"---(
${query}
)---"
answer <- request("${endpoint}") |>
  req_headers(Accept = "${accept}") |>
  req_body_form(query = query) |>
  req_perform() |>
  resp_body_string()${last}
print(answer)
`;
}

/** Show the snippets in a dialogue. */
export function showSnippets(endpoint: string, query: string, graph: boolean): void {
  const close = () => dialog.close();
  const parts = snippets(endpoint, query, graph).map(({ title, text }) => {
    const button: HTMLButtonElement = h("button", { type: "button", onclick: () => void copy(text, button) }, "Copy");
    return h(
      "section",
      {},
      h("div", { class: "wb-bar" }, h("h3", {}, title), button),
      h("pre", { tabindex: 0, "aria-label": title }, text),
    );
  });
  const dialog = h(
    "dialog",
    {
      class: "wb-dialog",
      "aria-label": "This query as code",
      onclose: () => dialog.remove(),
      onclick: (event: Event) => event.target === dialog && close(),
    },
    h(
      "div",
      { class: "wb-dialog-in" },
      h(
        "div",
        { class: "wb-bar" },
        h("h2", {}, "This query as code"),
        h("button", { type: "button", onclick: close }, "Close"),
      ),
      ...parts,
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
}
