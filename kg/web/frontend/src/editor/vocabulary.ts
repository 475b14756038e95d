/** The terms that a query can be written with, as the server tells them. */

import type { Prefixes } from "../sparql/prefixes";

export interface VocabularyTerm {
  readonly name: string;
  readonly iri: string;
  readonly kind: "class" | "property" | "individual";
  readonly label?: string;
  readonly meaning?: string;
  /** Classes that a property leads from, and to. */
  readonly domain?: readonly string[];
  readonly range?: readonly string[];
}

interface Told {
  readonly base: string;
  readonly prefixes: Prefixes;
  readonly terms: readonly VocabularyTerm[];
}

export class Vocabulary {
  readonly byName: ReadonlyMap<string, VocabularyTerm>;
  readonly byIri: ReadonlyMap<string, VocabularyTerm>;
  private readonly namespaces: readonly (readonly [string, string])[];

  private constructor(private readonly told: Told) {
    this.byName = new Map(told.terms.map((term) => [term.name, term]));
    this.byIri = new Map(told.terms.map((term) => [term.iri, term]));
    this.namespaces = Object.entries(told.prefixes).sort((a, b) => b[1].length - a[1].length);
  }

  static async load(address: string): Promise<Vocabulary> {
    const response = await fetch(address);
    if (!response.ok) return new Vocabulary({ base: "", prefixes: {}, terms: [] });
    return new Vocabulary((await response.json()) as Told);
  }

  get prefixes(): Prefixes {
    return this.told.prefixes;
  }

  get terms(): readonly VocabularyTerm[] {
    return this.told.terms;
  }

  /** Return *iri* with one of the usual prefixes, or null. */
  short(iri: string): string | null {
    const found = this.namespaces.find(([, namespace]) => iri.startsWith(namespace));
    if (!found) return null;
    const local = iri.slice(found[1].length);
    return /^[\w.-]*$/.test(local) && !local.endsWith(".") ? `${found[0]}:${local}` : null;
  }

  /** Return the whole IRI of a prefixed *name*, with the prefixes that a query declares before the usual ones. */
  expand(name: string, declared: ReadonlyMap<string, string>): string | null {
    const at = name.indexOf(":");
    const namespace = declared.get(name.slice(0, at)) ?? this.prefixes[name.slice(0, at)];
    return namespace === undefined ? null : namespace + name.slice(at + 1).replace(/\\(.)/g, "$1");
  }
}
