/** What a table of rows can be drawn as: from columns named as in the contract of the pages, or else from what they hold. */

import { isDate, isNode, isNumber, RDF_TYPE, RDFS_LABEL, type Row, type Rows, type Term } from "./results";
import { isOurs, tailOf } from "./site";

/** Says how to name a term: by a label that is known, or by itself. */
export type Naming = (term: Term) => string;

export interface Item {
  readonly iri: string | null;
  readonly label: string;
}
export interface Point extends Item {
  /** Null where only the name of a country is known. */
  readonly place: readonly [longitude: number, latitude: number] | null;
  readonly count: number;
}
export interface Moment extends Item {
  readonly start: string;
  readonly end: string | null;
  readonly kind: string;
}
export interface Bar extends Item {
  readonly value: number;
}
export interface Edge {
  readonly source: string;
  readonly target: string;
  readonly label: string;
  readonly count: number;
}
export interface Network {
  readonly nodes: ReadonlyMap<string, { readonly label: string; readonly kind: string }>;
  readonly edges: readonly Edge[];
}

const SAMPLE = 200;
const ISO = /^-?\d{4}(-\d{2}(-\d{2}(T.*)?)?)?$/;

const asDate = (term: Term | undefined): boolean =>
  isDate(term) || (term?.type === "literal" && /^\d{4}-\d{2}/.test(term.value) && ISO.test(term.value));

/** Find a column by its names, or else by what all of its values in the first rows are. */
function column(
  table: Rows,
  names: RegExp | null,
  holds?: (term: Term | undefined) => boolean,
  besides: readonly string[] = [],
): string | undefined {
  const named = names && table.columns.find((name) => names.test(name));
  if (named) return named;
  if (!holds) return undefined;
  const sample = table.rows.slice(0, SAMPLE);
  return table.columns.find((name) => {
    if (besides.includes(name)) return false;
    const values = sample.map((row) => row[name]).filter((term) => term !== undefined);
    return values.length > 0 && values.every(holds);
  });
}

const isIri = (term: Term | undefined): boolean => term?.type === "uri";
const isEntity = (term: Term | undefined): boolean => term?.type === "uri" && isOurs(term.value);
const isText = (term: Term | undefined): boolean => term?.type === "literal" && !isNumber(term) && !asDate(term);
const numeric = (term: Term | undefined): number => (term ? Number(term.value) : NaN);

/** The column that names what *item* identifies: `itemLabel`, `itemName`, one called so itself, or *item*. */
function labelled(table: Rows, item: string | undefined): string | undefined {
  const own = item && table.columns.find((name) => name === `${item}Label` || name === `${item}Name`);
  return (
    own ||
    table.columns.find((name) => /^(label|name|title|encounter)$/i.test(name)) ||
    item ||
    column(table, null, isText)
  );
}

/** The first column of entities, or else of any IRIs: `kind:call` is rarely what a row is about. */
function things(table: Rows, names: RegExp | null, besides: readonly string[] = []): string | undefined {
  return column(table, names, isEntity, besides) ?? column(table, null, isIri, besides);
}

function itemOf(row: Row, id: string | undefined, label: string | undefined, naming: Naming): Item {
  const [node, text] = [id ? row[id] : undefined, label ? row[label] : undefined];
  return {
    iri: node?.type === "uri" ? node.value : text?.type === "uri" ? text.value : null,
    label: text ? naming(text) : node ? naming(node) : "",
  };
}

/** Points for a map: `?lat ?long`, a `POINT(…)`, or a column of countries. Empty where there is nothing to place. */
export function points(table: Rows, naming: Naming): Point[] {
  const lat = column(table, /^(lat|latitude)$/i);
  const long = column(table, /^(long|lng|lon|longitude)$/i);
  const wkt = column(table, null, (term) => term?.type === "literal" && /^\s*POINT/i.test(term.value));
  const country = column(
    table,
    /^(country|place|side|state|countryLabel|countryName|placeLabel)$/i,
    (term) => term?.type === "uri" && /\/place\//.test(term.value),
  );
  const id = things(table, /^(item|place|country)$/i) ?? country;
  const label = labelled(table, id);
  const count = column(table, /^(count|n|number|meetings|encounters)$/i, isNumber, [lat ?? "", long ?? ""]);
  if (!(lat && long) && !wkt && !country) return [];
  const found = table.rows.map((row): Point => {
    const place = lat && long ? ([numeric(row[long]), numeric(row[lat])] as const) : wkt ? parsePoint(row[wkt]) : null;
    const named = lat || wkt ? itemOf(row, id, label, naming) : itemOf(row, country, labelled(table, country), naming);
    return {
      ...named,
      place: place && place.every(Number.isFinite) ? place : null,
      count: count ? numeric(row[count]) : 1,
    };
  });
  return found.filter((point) => point.place !== null || country !== undefined);
}

function parsePoint(term: Term | undefined): readonly [number, number] | null {
  const found = /POINT\s*\(\s*(\S+)\s+(\S+)\s*\)/i.exec(term?.value ?? "");
  return found ? [Number(found[1]), Number(found[2])] : null;
}

/** Moments for a time line: a column of dates, and what happened. */
export function moments(table: Rows, naming: Naming): Moment[] {
  const start = column(table, /^(start|date|day|issued|when|year|month)$/i, asDate);
  if (!start || !table.rows.some((row) => ISO.test(row[start]?.value ?? ""))) return [];
  const end = column(table, /^(end|endDate|until)$/i);
  const kind = column(table, /^kind(Label)?$/i);
  const id = things(table, /^(item|meeting)$/i);
  const label = labelled(table, id);
  const found = table.rows
    .map((row) => ({
      ...itemOf(row, id, label, naming),
      start: row[start]?.value ?? "",
      end: end ? (row[end]?.value ?? null) : null,
      kind: kind ? (row[kind]?.value.split("/").at(-1) ?? "") : "",
    }))
    .filter((moment) => ISO.test(moment.start));
  return [...new Map(found.map((moment) => [`${moment.iri ?? moment.label} ${moment.start}`, moment])).values()];
}

/** Which columns a chart may be made of: numbers for the lengths of its bars, and what names them. */
export interface BarColumns {
  readonly values: readonly string[];
  readonly names: readonly string[];
}

/** The columns that a chart of *table* may be made of, those that are likely meant first. */
export function barColumns(table: Rows): BarColumns {
  const sample = table.rows.slice(0, SAMPLE);
  const holds = (name: string, fits: (term: Term) => boolean) => {
    const terms = sample.flatMap((row) => row[name] ?? []);
    return terms.length > 0 && terms.every(fits);
  };
  const finite = table.columns.filter((name) =>
    holds(name, (term) => isNumber(term) && Number.isFinite(numeric(term))),
  );
  const likely = column(table, /^(value|count|n)$/i, isNumber);
  const values = [...new Set([...(likely && finite.includes(likely) ? [likely] : []), ...finite])];
  return { values, names: table.columns.filter((name) => !values.includes(name)) };
}

/**
 * Bars for a chart: something to name them by, and a number; of the columns *value* and *name* where these are chosen.
 * Bars of one name, which a chosen column may bring about, are added up.
 */
export function bars(table: Rows, naming: Naming, chosen: { value?: string; name?: string } = {}): Bar[] {
  const { values, names } = barColumns(table);
  const value = chosen.value ?? values[0];
  if (!value) return [];
  const year = column(table, /^(year|month|date)$/i);
  const id = chosen.name ?? things(table, /^item$/i, values);
  const others = names.filter((name) => name !== year);
  const named = others.filter((name) => /(label|name|title)$/i.test(name));
  const parts = named.length ? named : id ? [id] : others.slice(0, 2);
  const all = chosen.name ? [chosen.name] : [...(year && year !== value ? [year] : []), ...parts];
  const found = table.rows.flatMap((row) => {
    const number = numeric(row[value]);
    const label = all.flatMap((name) => (row[name] ? [naming(row[name])] : [])).join(" · ");
    return Number.isFinite(number) ? [{ iri: itemOf(row, id, undefined, naming).iri, label, value: number }] : [];
  });
  return chosen.name ? addedUp(found) : found;
}

/** Bars of one name made one, the longest first. */
function addedUp(found: readonly Bar[]): Bar[] {
  const sums = new Map<string, Bar>();
  for (const bar of found) {
    const key = bar.iri ?? bar.label;
    sums.set(key, { ...bar, value: bar.value + (sums.get(key)?.value ?? 0) });
  }
  return [...sums.values()].sort((a, b) => b.value - a.value);
}

/** A network: of two columns of things, or of the statements of a graph. */
export function network(table: Rows, naming: Naming): Network {
  return table.graph ? ofStatements(table, naming) : ofPairs(table, naming);
}

function ofPairs(table: Rows, naming: Naming): Network {
  const source = things(table, /^source$/i) ?? column(table, null, isNode);
  const target = things(table, /^target$/i, [source ?? ""]) ?? column(table, null, isNode, [source ?? ""]);
  const nodes = new Map<string, { label: string; kind: string }>();
  if (!source || !target || source === target) return { nodes, edges: [] };
  const count = column(table, /^(count|n|number|meetings|encounters)$/i, isNumber);
  const labelOf = (name: string) => table.columns.find((each) => each === `${name}Label` || each === `${name}Name`);
  const edges = new Map<string, Edge>();
  for (const row of table.rows) {
    const ends = [source, target].map((name) => {
      const [node, label] = [row[name], row[labelOf(name) ?? ""]];
      if (!isNode(node)) return null;
      nodes.set(node.value, { label: label?.value ?? naming(node), kind: kindOf(node.value) });
      return node.value;
    });
    const [from, to] = ends;
    if (!from || !to) continue;
    const key = `${from} ${to}`;
    const more = count ? numeric(row[count]) || 1 : 1;
    edges.set(key, { source: from, target: to, label: "", count: (edges.get(key)?.count ?? 0) + more });
  }
  return { nodes, edges: [...edges.values()] };
}

function ofStatements(table: Rows, naming: Naming): Network {
  const nodes = new Map<string, { label: string; kind: string }>();
  const labels = new Map<string, string>();
  const edges: Edge[] = [];
  for (const { subject, predicate, object } of table.rows) {
    if (!subject || !predicate || !object) continue;
    if (predicate.value === RDFS_LABEL) labels.set(subject.value, object.value);
    for (const node of predicate.value === RDF_TYPE ? [subject] : [subject, object]) {
      if (isNode(node) && !nodes.has(node.value))
        nodes.set(node.value, { label: naming(node), kind: kindOf(node.value) });
    }
    if (isNode(object) && predicate.value !== RDF_TYPE) {
      edges.push({
        source: subject.value,
        target: object.value,
        label: predicate.value.split(/[#/]/).at(-1) ?? "",
        count: 1,
      });
    }
  }
  for (const [iri, label] of labels) if (nodes.has(iri)) nodes.set(iri, { label, kind: kindOf(iri) });
  return { nodes, edges };
}

/** `official`, `place`, `meeting` … : the first part of an entity's tail. */
const kindOf = (iri: string): string => /^(\w+)\//.exec(tailOf(iri))?.[1] ?? "";
