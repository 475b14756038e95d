import { describe, expect, it } from "vitest";
import { position } from "../src/sparql/position";

const place = (text: string) => position(text).place;

describe("the place of the cursor", () => {
  it.each([
    ["", "clause"],
    ["PREFIX rea", "prologue"],
    ["PREFIX ex: <http://e/>\nSEL", "clause"],
    ["SELECT * { ", "subject"],
    ["SELECT * { ?s ", "predicate"],
    ["SELECT * { ?s ex:p/", "predicate"],
    ["SELECT * { ?s a ", "object"],
    ["SELECT * { ?s a ex:T ; ", "predicate"],
    ["SELECT * { ?s ex:p ex:o, ", "object"],
    ["SELECT * { ?s ex:p ex:o . ?t", "subject"],
    ["SELECT * { ?s ex:p [ ", "predicate"],
    ["SELECT * { ?s ex:p ?o FILTER(", "expression"],
    ["SELECT * { ?s ex:p ?o FILTER(?o > 1) ", "subject"],
    ["SELECT * { GRAPH ?g { ?s ", "predicate"],
    ["SELECT * { ?s ex:p ?o } ORDER BY ", "clause"],
    ["SELECT * { # what", "silent"],
    ['SELECT * { ?s ex:p "un', "silent"],
    ["SELECT * { ?s ex:p <http://", "silent"],
  ])("%j is followed by a %s", (text, expected) => expect(place(text)).toBe(expected));

  it("comes with what is being written and what it belongs to", () => {
    expect(position("SELECT * { ?m readout:act readout:a")).toMatchObject({
      word: "readout:a",
      from: 26,
      subject: "?m",
      predicate: "readout:act",
    });
  });
});
