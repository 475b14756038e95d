/** Labels of entities, asked for when they are to be seen and kept as long as the page is open. */

import { ask } from "../answer";

const AT_ONCE = 400;
const RDFS = "http://www.w3.org/2000/01/rdf-schema#label";
/** What an IRI may not hold in a query. */
const UNFIT = /[<>"{}|^`\\\u0000-\u0020]/;

export class Labels {
  private readonly known = new Map<string, string | null>();

  constructor(private readonly endpoint: string) {}

  /** Return the label of *iri*, if it was asked for and there is one. */
  of(iri: string): string | undefined {
    return this.known.get(iri) ?? undefined;
  }

  /** Ask for the labels of those *iris* that were not asked for; where that fails, they go without. */
  async ready(iris: Iterable<string>): Promise<void> {
    const wanted = [...new Set(iris)].filter((iri) => !this.known.has(iri) && /^https?:/.test(iri) && !UNFIT.test(iri));
    const groups: string[][] = [];
    for (let at = 0; at < wanted.length; at += AT_ONCE) groups.push(wanted.slice(at, at + AT_ONCE));
    for (const group of groups) await this.fetch(group).catch(() => undefined);
  }

  private async fetch(iris: readonly string[]): Promise<void> {
    const nodes = iris.map((iri) => `<${iri}>`).join(" ");
    const text = `SELECT ?i (MIN(?l) AS ?label) WHERE { VALUES ?i { ${nodes} } ?i <${RDFS}> ?l } GROUP BY ?i`;
    const { answer } = await ask(this.endpoint, text);
    for (const iri of iris) this.known.set(iri, null);
    if ("truth" in answer) return;
    for (const row of answer.rows) if (row["i"] && row["label"]) this.known.set(row["i"].value, row["label"].value);
  }
}
