import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { format } from "../src/sparql/format";
import { completed, declared, undeclared } from "../src/sparql/prefixes";
import { counts, tokenise } from "../src/sparql/tokens";

const FOLDER = new URL("../../../../ontology/queries/", import.meta.url);
const SAVED = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".rq"))
  .map((name) => readFileSync(new URL(name, FOLDER), "utf8"));

const meaning = (text: string) =>
  tokenise(text)
    .filter((token) => token.kind !== "space")
    .map((token) => token.text.trimEnd().toUpperCase());

describe("the lexer", () => {
  it("leaves nothing out", () => {
    for (const text of [
      ...SAVED,
      'SELECT * { ?s <p> """a\n"b" """@en ; ex:a.b-c "x\\"y" . FILTER(?x<3 && ?y>=.5e3) } \u0000¿',
    ]) {
      expect(
        tokenise(text)
          .map((token) => token.text)
          .join(""),
      ).toBe(text);
    }
  });

  it("tells an IRI from a comparison, and a name's dot from the statement's", () => {
    expect(
      tokenise("?x<?y && <a>")
        .filter(counts)
        .map((token) => token.kind),
    ).toEqual(["variable", "punctuation", "variable", "punctuation", "iri"]);
    expect(tokenise("ex:a.b.").map((token) => token.text)).toEqual(["ex:a.b", "."]);
  });
});

describe("the formatter", () => {
  it("changes nothing but space and the case of keywords, and has nothing to do the second time", () => {
    for (const text of SAVED) {
      const once = format(text);
      expect(meaning(once)).toEqual(meaning(text));
      expect(format(once)).toBe(once);
    }
  });

  it("puts one statement on a line", () => {
    const text =
      "prefix ex: <http://e/> select ?s (count(?o) as ?n) where {?s a ex:T;ex:p ?o,?q . optional{?s ex:q ?d} filter(?n>3&&?d!=2) {?s ex:r/ex:t* ?z} union {?z ^ex:r ?s}} group by ?s order by desc(?n) limit 10";
    expect(format(text)).toBe(`PREFIX ex: <http://e/>

SELECT ?s (COUNT(?o) AS ?n)
WHERE {
  ?s a ex:T ;
    ex:p ?o, ?q .
  OPTIONAL { ?s ex:q ?d }
  FILTER(?n > 3 && ?d != 2)
  { ?s ex:r/ex:t* ?z } UNION { ?z ^ex:r ?s }
}
GROUP BY ?s
ORDER BY DESC(?n)
LIMIT 10
`);
  });

  it("never runs words together or drops any, whatever stands there", () => {
    const words =
      '{ } ( ) [ ] . ; , a ?x $y <u:i> ex:n ex:n. _:b "s" @en ^^ 3 .5 1.5e3 + - * / | ^ ! = != < >= && || # FILTER BIND VALUES SELECT WHERE UNION OPTIONAL COUNT AS PREFIX ex: LIMIT true what \\ é'.split(
        " ",
      );
    let seed = 7;
    const random = (below: number) => (seed = (seed * 48271) % 2147483647) % below;
    for (let round = 0; round < 3000; round++) {
      const parts = Array.from(
        { length: 1 + random(14) },
        () => words[random(words.length)] + [" ", " ", "\n", "\n\n"][random(4)]!,
      );
      const text = parts.join("");
      expect(meaning(format(text)), text).toEqual(meaning(text));
      expect(format(format(text)), text).toBe(format(text));
    }
  });

  it("keeps comments where they are, and what it does not understand", () => {
    expect(format("# head\nSELECT * { ?s ?p ?o . # why\n  # next\n VALUES ?x { 1 2 } # param\n}")).toBe(
      "# head\nSELECT *\n{\n  ?s ?p ?o . # why\n  # next\n  VALUES ?x { 1 2 } # param\n}\n".replace("*\n{", "* {"),
    );
    expect(format("SELECT }} {{{ ¿ ¿")).toContain("¿ ¿");
  });
});

describe("prefixes", () => {
  const known = { ex: "http://e/", foaf: "http://f/" };

  it("are found, and those that are missing put in", () => {
    expect([...declared("PREFIX ex: <http://e/> ASK {}")]).toEqual([["ex", "http://e/"]]);
    expect(undeclared("PREFIX ex: <http://e/> ASK { ex:a foaf:b <http://x:1/> }").map((token) => token.text)).toEqual([
      "foaf:b",
    ]);
    expect(completed("# title\nASK { ex:a foaf:b 1 }", known)).toBe(
      "# title\nPREFIX ex: <http://e/>\nPREFIX foaf: <http://f/>\nASK { ex:a foaf:b 1 }",
    );
    expect(completed("PREFIX ex: <http://e/>\nASK { ex:a foaf:b 1 }", known)).toBe(
      "PREFIX ex: <http://e/>\nPREFIX foaf: <http://f/>\nASK { ex:a foaf:b 1 }",
    );
    expect(completed("PREFIX ex: <http://e/> ASK { foaf:b ex:a other:c }", known)).toBe(
      "PREFIX ex: <http://e/>\nPREFIX foaf: <http://f/> ASK { foaf:b ex:a other:c }",
    );
  });
});
