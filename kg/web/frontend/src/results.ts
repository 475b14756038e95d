/** Answers of a SPARQL endpoint, as the views read them. */

export interface Term {
  readonly type: "uri" | "literal" | "bnode" | "triple" | "typed-literal";
  readonly value: string;
  readonly datatype?: string;
  readonly "xml:lang"?: string;
}

export type Row = Readonly<Record<string, Term | undefined>>;

/** The rows of a SELECT; of a CONSTRUCT or DESCRIBE (`graph`) they are subject, predicate and object. */
export interface Rows {
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  readonly graph: boolean;
}

export type Answer = { readonly truth: boolean } | Rows;

const XSD = "http://www.w3.org/2001/XMLSchema#";
export const RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
export const RDFS_LABEL = "http://www.w3.org/2000/01/rdf-schema#label";

const NUMERIC = new Set(
  "integer decimal double float nonNegativeInteger positiveInteger long int short byte unsignedInt"
    .split(" ")
    .map((name) => XSD + name),
);
const DATES = new Set("date dateTime gYear gYearMonth dateTimeStamp".split(" ").map((name) => XSD + name));

export const isNumber = (term: Term | undefined): boolean => term?.datatype !== undefined && NUMERIC.has(term.datatype);
export const isDate = (term: Term | undefined): boolean => term?.datatype !== undefined && DATES.has(term.datatype);
export const isNode = (term: Term | undefined): term is Term => term?.type === "uri" || term?.type === "bnode";

interface Json {
  readonly boolean?: boolean;
  readonly head?: { readonly vars?: readonly string[] };
  readonly results?: { readonly bindings: readonly Row[] };
}

/** Read the body of an answer by its media type. */
export function parse(text: string, mediaType: string): Answer {
  if (mediaType.startsWith("application/n-triples")) return parseTriples(text);
  const found = JSON.parse(text) as Json;
  if (found.boolean !== undefined) return { truth: found.boolean };
  return { columns: found.head?.vars ?? [], rows: found.results?.bindings ?? [], graph: false };
}

const TERM = `<[^>]*>|_:[^\\s]+|"(?:[^"\\\\]|\\\\.)*"(?:\\^\\^<[^>]*>|@[A-Za-z0-9-]+)?|<<\\(.*\\)>>`;
const TRIPLE = new RegExp(`^\\s*(${TERM})\\s*(${TERM})\\s*(${TERM})\\s*\\.\\s*$`);

function parseTriples(text: string): Rows {
  const rows: Row[] = [];
  for (const line of text.split("\n")) {
    const found = TRIPLE.exec(line);
    if (found) rows.push({ subject: term(found[1]), predicate: term(found[2]), object: term(found[3]) });
  }
  return { columns: ["subject", "predicate", "object"], rows, graph: true };
}

function term(text = ""): Term {
  if (text.startsWith("<<")) return { type: "triple", value: text };
  if (text.startsWith("<")) return { type: "uri", value: unescaped(text.slice(1, -1)) };
  if (text.startsWith("_:")) return { type: "bnode", value: text.slice(2) };
  const end = text.lastIndexOf('"');
  const value = unescaped(text.slice(1, end));
  const rest = text.slice(end + 1);
  if (rest.startsWith("@")) return { type: "literal", value, "xml:lang": rest.slice(1) };
  return rest ? { type: "literal", value, datatype: rest.slice(3, -1) } : { type: "literal", value };
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };

function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (_, four?: string, eight?: string, one = "") =>
    four || eight ? String.fromCodePoint(parseInt((four ?? eight) as string, 16)) : (ESCAPES[one] ?? one),
  );
}
