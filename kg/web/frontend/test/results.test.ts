import { describe, expect, it } from "vitest";
import { parse, type Rows, type Term } from "../src/results";

const iri = (value: string): Term => ({ type: "uri", value });
const text = (value: string): Term => ({ type: "literal", value });
const integer = (value: number): Term => ({
  type: "literal",
  value: String(value),
  datatype: "http://www.w3.org/2001/XMLSchema#integer",
});
const day = (value: string): Term => ({ type: "literal", value, datatype: "http://www.w3.org/2001/XMLSchema#date" });
const table = (...rows: Record<string, Term>[]): Rows => ({ columns: Object.keys(rows[0] ?? {}), rows, graph: false });

(globalThis as { document?: unknown }).document = { documentElement: { dataset: {} } };
const { barColumns, bars, moments, network, points } = await import("../src/shapes");
const { pageOf } = await import("../src/site");
const OURS = "https://w3id.org/readout/";
const naming = (term: Term) => term.value;

describe("an answer", () => {
  it("in JSON is read as it is", () => {
    expect(parse('{"boolean": true}', "application/sparql-results+json")).toEqual({ truth: true });
    const found = parse(
      '{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"uri","value":"u:v"}}]}}',
      "application/json",
    );
    expect(found).toEqual({ columns: ["x"], rows: [{ x: iri("u:v") }], graph: false });
  });

  it("in N-Triples becomes rows", () => {
    const lines =
      '<u:s> <u:p> "a \\"b\\" \\u00e9\\n"@en-GB .\n_:b1 <u:p> "3"^^<u:int> .\n# no triple\n<u:s> <u:p> <u:o> .\n';
    const { rows } = parse(lines, "application/n-triples") as Rows;
    expect(rows.map((row) => row["object"])).toEqual([
      { type: "literal", value: 'a "b" é\n', "xml:lang": "en-GB" },
      { type: "literal", value: "3", datatype: "u:int" },
      iri("u:o"),
    ]);
    expect(rows[1]?.["subject"]).toEqual({ type: "bnode", value: "b1" });
  });
});

describe("a link", () => {
  it("leads to a page of ours or the web, and never anywhere else", () => {
    expect(pageOf(`${OURS}official/ada`)).toBe("/page/official/ada");
    expect(pageOf(`${OURS}kind/call`)).toBe("/ontology");
    expect(pageOf("https://example.org/")).toBe("https://example.org/");
    expect(pageOf("javascript:alert(1)")).toBeNull();
    expect(pageOf("data:text/html,x")).toBeNull();
  });
});

describe("a table", () => {
  it("has a network in its columns called so, or else in its first two of things", () => {
    const named = table({ source: iri("u:a"), sourceLabel: text("A"), target: iri("u:b"), count: integer(3) });
    expect(network(named, naming).edges).toEqual([{ source: "u:a", target: "u:b", label: "", count: 3 }]);
    expect(network(named, naming).nodes.get("u:a")?.label).toBe("A");
    const free = table({ m: iri(`${OURS}meeting/1`), kind: iri(`${OURS}kind/call`), who: iri(`${OURS}official/ada`) });
    expect(network(free, naming).edges[0]).toMatchObject({ source: `${OURS}meeting/1`, target: `${OURS}official/ada` });
  });

  it("has points where it has coordinates, or countries", () => {
    expect(points(table({ label: text("Oslo"), lat: integer(60), long: integer(11) }), naming)).toMatchObject([
      { label: "Oslo", place: [11, 60] },
    ]);
    expect(points(table({ where: text("POINT(11 60)") }), naming)).toMatchObject([{ place: [11, 60] }]);
    expect(points(table({ country: iri(`${OURS}place/norway`), n: integer(4) }), naming)).toMatchObject([
      { place: null, count: 4 },
    ]);
    expect(points(table({ name: text("Oslo") }), naming)).toEqual([]);
  });

  it("has moments where it has dates, each once", () => {
    const row = { meeting: iri(`${OURS}meeting/1`), date: day("2024-03-05") };
    expect(moments(table(row, row), naming)).toEqual([
      { iri: `${OURS}meeting/1`, label: `${OURS}meeting/1`, start: "2024-03-05", end: null, kind: "" },
    ]);
    expect(moments(table({ name: text("2024") }), naming)).toEqual([]);
  });

  it("has bars where it has numbers", () => {
    expect(bars(table({ name: text("Norway"), year: text("2024"), n: integer(7) }), naming)).toEqual([
      { iri: null, label: "2024 · Norway", value: 7 },
    ]);
    expect(bars(table({ name: text("Norway") }), naming)).toEqual([]);
  });

  it("has a choice of columns for its bars, and adds up those of one name", () => {
    const rows = table(
      { name: text("Norway"), year: text("2023"), calls: integer(7), visits: integer(1) },
      { name: text("Peru"), year: text("2024"), calls: integer(6), visits: integer(0) },
      { name: text("Norway"), year: text("2024"), calls: integer(2), visits: integer(4) },
    );
    expect(barColumns(rows)).toEqual({ values: ["calls", "visits"], names: ["name", "year"] });
    expect(bars(rows, naming, { value: "visits", name: "name" })).toEqual([
      { iri: null, label: "Norway", value: 5 },
      { iri: null, label: "Peru", value: 0 },
    ]);
  });
});
