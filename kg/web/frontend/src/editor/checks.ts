/** What is seen to be wrong while one types, and what the server said of the query. */

import { linter, lintGutter, forceLinting, type Diagnostic } from "@codemirror/lint";
import { StateEffect, StateField, type Extension, type Text } from "@codemirror/state";
import type { EditorView, ViewUpdate } from "@codemirror/view";
import type { Problem } from "../answer";
import { missing, prefixOf, undeclared } from "../sparql/prefixes";
import { counts, tokenise, type Token } from "../sparql/tokens";
import type { Vocabulary } from "./vocabulary";

const told = StateEffect.define<Diagnostic | null>();

/** The server's word on the text as it was sent: it holds until the text is changed. */
const refusal = StateField.define<Diagnostic | null>({
  create: () => null,
  update: (held, transaction) => {
    for (const effect of transaction.effects) if (effect.is(told)) return effect.value;
    return transaction.docChanged ? null : held;
  },
});

/** Mark what is wrong, in the text and beside it. */
export function checks(vocabulary: Vocabulary): Extension {
  const source = (view: EditorView): Diagnostic[] => {
    const text = view.state.doc.toString();
    const said = view.state.field(refusal);
    const seen = [...brackets(text), ...prefixes(text, vocabulary), ...unbound(text)];
    return (said ? [said, ...seen.filter((each) => each.severity !== "error")] : seen).sort((a, b) => a.from - b.from);
  };
  const needsRefresh = (update: ViewUpdate) =>
    update.transactions.some((each) => each.effects.some((effect) => effect.is(told)));
  return [refusal, linter(source, { delay: 500, needsRefresh }), lintGutter()];
}

/** Show where the server's *problem* lies, and bring the reader there; null takes that back. */
export function show(view: EditorView, problem: Problem | null): void {
  const place = problem?.line ? spot(view.state.doc, problem.line, problem.column ?? 1) : null;
  const diagnostic: Diagnostic | null =
    place && problem
      ? {
          ...place,
          severity: "error",
          source: "server",
          message: [problem.detail, problem.hint].filter(Boolean).join("\n"),
        }
      : null;
  view.dispatch({
    effects: told.of(diagnostic),
    ...(place && { selection: { anchor: place.from }, scrollIntoView: true }),
  });
  forceLinting(view);
}

/** The token at *line* and *column* (from 1), or the last one before. */
function spot(doc: Text, line: number, column: number): { from: number; to: number } {
  const row = doc.line(Math.min(Math.max(1, line), doc.lines));
  const offset = Math.min(row.from + column - 1, row.to);
  const tokens = tokenise(doc.toString()).filter(counts);
  const found =
    tokens.find((token) => token.start <= offset && offset < token.end) ??
    tokens.findLast((token) => token.end <= offset);
  return found ? { from: found.start, to: found.end } : { from: row.from, to: row.to };
}

const CLOSING: Readonly<Record<string, string>> = { "{": "}", "(": ")", "[": "]" };

function* brackets(text: string): Generator<Diagnostic> {
  const open: Token[] = [];
  for (const token of tokenise(text)) {
    if (token.kind !== "punctuation") continue;
    if (token.text in CLOSING) open.push(token);
    else if (Object.values(CLOSING).includes(token.text)) {
      const last = open.at(-1);
      if (last && CLOSING[last.text] === token.text) open.pop();
      else yield mark(token, "error", `This ${token.text} has nothing to close`);
    }
  }
  for (const token of open) yield mark(token, "warning", `This ${token.text} is not closed`);
}

function* prefixes(text: string, vocabulary: Vocabulary): Generator<Diagnostic> {
  for (const token of undeclared(text)) {
    const name = prefixOf(token.text);
    if (!(name in vocabulary.prefixes)) {
      yield mark(token, "error", `The prefix ${name}: is not declared`);
      continue;
    }
    const declare = (view: EditorView) => {
      const { at, insert } = missing(view.state.doc.toString(), vocabulary.prefixes);
      view.dispatch({ changes: { from: at, insert } });
    };
    yield {
      ...mark(token, "info", `The prefix ${name}: is put in when the query runs`),
      actions: [{ name: "Put it in now", apply: declare }],
    };
  }
}

/** A variable that is selected and stands nowhere else is misspelt. */
function* unbound(text: string): Generator<Diagnostic> {
  const tokens = tokenise(text).filter(counts);
  const open = tokens.findIndex((token) => token.text === "{");
  const start = tokens.findIndex((token) => token.text.toUpperCase() === "SELECT");
  if (start < 0 || open < start || tokens.at(-1)?.text === "{") return;
  let round = 0;
  for (const token of tokens.slice(start, open)) {
    round += token.text === "(" ? 1 : token.text === ")" ? -1 : 0;
    if (token.kind !== "variable" || round) continue;
    const name = token.text.slice(1);
    if (tokens.filter((each) => each.kind === "variable" && each.text.slice(1) === name).length === 1) {
      yield mark(token, "warning", `Nothing gives ${token.text} a value`);
    }
  }
}

const mark = ({ start, end }: Token, severity: Diagnostic["severity"], message: string): Diagnostic => ({
  from: start,
  to: end,
  severity,
  message,
});
