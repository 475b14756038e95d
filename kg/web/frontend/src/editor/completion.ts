/** What the editor proposes: terms of the vocabulary where they fit, entities of the data by name, variables, keywords. */

import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  type CompletionSource,
} from "@codemirror/autocomplete";
import type { Extension } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import { suggestions } from "../complete";
import { h } from "../dom";
import { position, type Position } from "../sparql/position";
import { missing, prefixOf } from "../sparql/prefixes";
import { FUNCTIONS, KEYWORDS, tokenise } from "../sparql/tokens";
import type { Vocabulary, VocabularyTerm } from "./vocabulary";

/** What begins a statement inside a group. */
const STATEMENTS = ["BIND", "FILTER", "GRAPH", "MINUS", "OPTIONAL", "SELECT", "SERVICE", "UNION", "VALUES"];
const IS = new Set(["a", "rdf:type"]);
/** Ranges whose members are literals, or terms of the vocabulary. */
const isNoEntity = (name: string): boolean =>
  name.startsWith("xsd:") || /^readout:(Act|Kind|Mode|Role|Status|Tenure)$/.test(name);
/** What the search calls the things of a class. */
const TYPES: Readonly<Record<string, readonly string[]>> = {
  "readout:Agency": ["agency"],
  "readout:Event": ["event"],
  "readout:Initiative": ["initiative"],
  "readout:Meeting": ["meeting"],
  "readout:Official": ["official"],
  "readout:Organization": ["agency", "organization"],
  "readout:Person": ["official", "person"],
  "readout:Place": ["country", "place"],
  "readout:Post": ["post"],
  "readout:Readout": ["readout"],
  "schema:Country": ["country"],
  "skos:Concept": ["topic"],
};
const NAMED = ["official", "person", "agency", "organization", "country", "place", "initiative", "event"];
const IN_EXPRESSIONS = ["AS", "DISTINCT", "EXISTS", "IN", "NOT", "SEPARATOR"];

/** Propose from *vocabulary* and from what the address *complete* knows of the data. */
export function completion(vocabulary: Vocabulary, complete: string): Extension {
  return autocompletion({
    override: [known(vocabulary), entities(vocabulary, complete)],
    activateOnTyping: true,
    icons: false,
    maxRenderedOptions: 60,
    closeOnBlur: true,
    optionClass: ({ type }) => (type === "entity" ? "entity" : ""),
  });
}

function known(vocabulary: Vocabulary): CompletionSource {
  return (context: CompletionContext): CompletionResult | null => {
    const text = context.state.doc.toString();
    const at = position(text.slice(0, context.pos));
    if (at.place === "silent" || (!at.word && !context.explicit && !wanted(at, text, context.pos))) return null;
    const options = proposals(at, text, vocabulary);
    return options.length ? { from: at.from, options, validFor: /^[\w?$:.-]*$/ } : null;
  };
}

/** Behind a predicate of few possible values the proposals come unasked. */
function wanted(at: Position, text: string, pos: number): boolean {
  return (
    at.place === "object" &&
    text[pos - 1] === " " &&
    (at.predicate === "a" || /^readout:(act|kind|mode|status|role|tenure)$/.test(at.predicate))
  );
}

function proposals(at: Position, text: string, vocabulary: Vocabulary): Completion[] {
  if (/^[?$]/.test(at.word)) return variables(text, at);
  const words = (list: Iterable<string>, boost = 0) =>
    [...list].map((word): Completion => ({ label: word, type: "keyword", boost }));
  switch (at.place) {
    case "prologue":
      return Object.entries(vocabulary.prefixes).map(([name, iri]) => ({
        label: `${name}:`,
        detail: iri,
        apply: `${name}: <${iri}>\n`,
      }));
    case "predicate":
      return [
        { label: "a", detail: "is of the class", boost: 2 },
        ...properties(at, text, vocabulary),
        ...variables(text, at, -40),
      ];
    case "object":
      return [...objects(at, vocabulary), ...variables(text, at, -10)];
    case "subject":
      return [
        ...variables(text, at, 5),
        ...words(STATEMENTS),
        ...terms(vocabulary, (term) => term.kind === "individual", -20),
      ];
    case "expression":
      return [
        ...variables(text, at, 5),
        ...words(FUNCTIONS),
        ...words(IN_EXPRESSIONS),
        ...terms(vocabulary, (term) => term.kind === "individual", -20),
      ];
    default:
      return [
        ...words(KEYWORDS),
        ...words(FUNCTIONS, -5),
        ...variables(text, at, -5),
        ...terms(vocabulary, () => true, -30),
      ];
  }
}

function variables(text: string, at: Position, boost = 0): Completion[] {
  const others = tokenise(text).filter((token) => token.kind === "variable" && token.start !== at.from);
  return [...new Set(others.map((token) => token.text))].map((label) => ({ label, type: "variable", boost }));
}

/** Properties, those first that lead from the class that the subject is said to be of. */
function properties(at: Position, text: string, vocabulary: Vocabulary): Completion[] {
  const classes = classesOf(at.subject, text);
  return vocabulary.terms
    .filter((term) => term.kind === "property")
    .map((term) =>
      proposed(term, term.domain?.some((name) => classes.has(name)) ? 30 : term.domain && classes.size ? -20 : 0),
    );
}

function classesOf(subject: string, text: string): Set<string> {
  const tokens = tokenise(text).filter((token) => token.kind !== "space" && token.kind !== "comment");
  const found = new Set<string>();
  tokens.forEach((token, index) => {
    const [is, name] = [tokens[index + 1]?.text, tokens[index + 2]];
    if (token.text === subject && is && IS.has(is) && name) found.add(name.text);
  });
  return found;
}

/** Classes behind `a`; behind a property the individuals of its range, where there are any. */
function objects(at: Position, vocabulary: Vocabulary): Completion[] {
  if (IS.has(at.predicate)) return terms(vocabulary, (term) => term.kind === "class", 0);
  const property = vocabulary.byName.get(at.predicate.replace(/^.*[/|^]/, ""));
  const range = new Set(property?.range?.map((name) => name.slice(name.indexOf(":") + 1).toLowerCase()));
  const own = terms(vocabulary, (term) => term.kind === "individual" && range.has(prefixOf(term.name)), 40);
  return own.length ? own : terms(vocabulary, (term) => term.kind === "individual", -20);
}

const terms = (vocabulary: Vocabulary, fits: (term: VocabularyTerm) => boolean, boost: number): Completion[] =>
  vocabulary.terms.filter(fits).map((term) => proposed(term, boost));

/** Propose *term*; to choose it declares its prefix, too. */
function proposed(term: VocabularyTerm, boost: number): Completion {
  const { name, label, meaning, domain, range } = term;
  const completion: Completion = {
    label: name,
    type: term.kind,
    boost,
    apply: (view, _, from, to) => put(view, term, from, to),
  };
  if (label && !name.toLowerCase().endsWith(label.toLowerCase())) completion.detail = label;
  if (meaning || range) {
    const links = range && `${domain?.join(" or ") ?? "…"} → ${range.join(" or ")}`;
    completion.info = () => h("div", {}, meaning && h("p", {}, meaning), links && h("p", { class: "links" }, links));
  }
  return completion;
}

function put(view: EditorView, { name, iri }: VocabularyTerm, from: number, to: number): void {
  const prefix = prefixOf(name);
  const { at, insert } = missing(
    view.state.doc.toString(),
    { [prefix]: iri.slice(0, iri.length - (name.length - prefix.length - 1)) },
    [prefix],
  );
  const declaration = insert && at <= from ? [{ from: at, insert }] : [];
  const shift = declaration.length ? insert.length : 0;
  view.dispatch({
    changes: [...declaration, { from, to, insert: name }],
    selection: { anchor: from + shift + name.length },
    userEvent: "input.complete",
    scrollIntoView: true,
  });
}

/** Entities of the data whose name begins like what stands before the cursor. */
function entities(vocabulary: Vocabulary, complete: string): CompletionSource {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const wanted = sought(context.state.doc.sliceString(0, context.pos), vocabulary);
    if (!wanted) return null;
    const gone = new AbortController();
    context.addEventListener("abort", () => gone.abort());
    const ask = (types: readonly string[]) => suggestions(complete, wanted.name, gone.signal, types).catch(() => []);
    let found = await ask(wanted.types);
    if (!found.length && !context.aborted) found = await ask([]);
    if (context.aborted || !found.length) return null;
    const options = found.map(({ label, type, detail, iri }) => ({
      label,
      detail: [type, detail].filter(Boolean).join(" · "),
      type: "entity",
      apply: `<${iri}>`,
    }));
    return { from: context.pos - wanted.name.length, filter: false, options };
  };
}

/** The name that is being written at the end of *before*, and what it may be of; null where no entity can stand. */
function sought(before: string, vocabulary: Vocabulary): { name: string; types: readonly string[] } | null {
  const { place, predicate } = position(before);
  const inValues = place === "clause" && /VALUES[^{]*\{[^}]*$/i.test(before);
  const word = /(?<![\w:?$<"'#])\p{L}[\p{L}\p{M}'’-]+$/u.exec(before)?.[0];
  if (!word || !(place === "object" || place === "subject" || inValues)) return null;
  const range = vocabulary.byName.get(predicate)?.range ?? [];
  if (IS.has(predicate) || range.some(isNoEntity)) return null;
  const types = range.flatMap((name) => TYPES[name] ?? []);
  // A capitalised word before it belongs to the name, as in `Ada Nyb`, unless it is a keyword.
  const [, first = ""] = /(\p{Lu}[\p{L}'’.-]*) \p{Lu}[\p{L}'’.-]*$/u.exec(before.slice(-80)) ?? [];
  const name = first && !KEYWORDS.has(first.toUpperCase()) ? `${first} ${word}` : word;
  return { name, types: types.length ? types : NAMED };
}
