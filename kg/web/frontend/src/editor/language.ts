/** SPARQL for CodeMirror: the lexer's tokens as styles, and what a line's indentation is. */

import {
  HighlightStyle,
  LanguageSupport,
  StreamLanguage,
  syntaxHighlighting,
  type StringStream,
} from "@codemirror/language";
import { tags } from "@lezer/highlight";
import { FUNCTIONS, KEYWORDS, tokenAt } from "../sparql/tokens";

interface State {
  /** The quotes of a long string that goes on from the line before. */
  quote: string;
  depth: number;
}

const STYLES: Readonly<Record<string, string>> = {
  comment: "lineComment",
  iri: "url",
  string: "string",
  language: "meta",
  number: "number",
  variable: "variableName",
  blank: "labelName",
  prefixed: "propertyName",
  punctuation: "punctuation",
  unknown: "invalid",
};

function token(stream: StringStream, state: State): string | null {
  if (state.quote) return longString(stream, state);
  const opening = /^("""|''')/.exec(stream.string.slice(stream.pos, stream.pos + 3))?.[1];
  if (opening) {
    state.quote = opening;
    stream.pos += opening.length;
    return longString(stream, state);
  }
  const found = tokenAt(stream.string, stream.pos);
  if (!found) {
    stream.next();
    return null;
  }
  stream.pos += found.text.length;
  if (found.text === "{") state.depth++;
  if (found.text === "}") state.depth = Math.max(0, state.depth - 1);
  if (found.kind !== "word") return STYLES[found.kind] ?? null;
  const word = found.text.toUpperCase();
  if (KEYWORDS.has(word)) return "keyword";
  if (FUNCTIONS.has(word)) return "function";
  return found.text === "a" || word === "TRUE" || word === "FALSE" ? "atom" : "invalid";
}

function longString(stream: StringStream, state: State): string {
  while (!stream.eol()) {
    if (stream.next() === "\\") stream.next();
    else if (stream.string.slice(stream.pos - 1, stream.pos + 2) === state.quote) {
      stream.pos += 2;
      state.quote = "";
      break;
    }
  }
  return "string";
}

const language = StreamLanguage.define<State>({
  name: "sparql",
  tokenTable: { function: tags.standard(tags.name) },
  startState: () => ({ quote: "", depth: 0 }),
  token,
  indent: (state, after, context) => Math.max(0, state.depth - (/^\s*\}/.test(after) ? 1 : 0)) * context.unit,
  languageData: {
    commentTokens: { line: "#" },
    closeBrackets: { brackets: ["(", "[", "{", '"', "'"] },
    indentOnInput: /^\s*\}$/,
  },
});

const highlighting = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--sx-keyword)", fontWeight: "600" },
  { tag: tags.standard(tags.name), color: "var(--sx-function)" },
  { tag: tags.variableName, color: "var(--sx-variable)" },
  { tag: tags.propertyName, color: "var(--sx-name)" },
  { tag: tags.url, color: "var(--sx-iri)" },
  { tag: tags.string, color: "var(--sx-string)" },
  { tag: tags.number, color: "var(--sx-number)" },
  { tag: tags.atom, color: "var(--sx-keyword)", fontWeight: "600" },
  { tag: tags.meta, color: "var(--sx-string)" },
  { tag: tags.labelName, color: "var(--sx-variable)" },
  { tag: tags.lineComment, color: "var(--sx-comment)", fontStyle: "italic" },
  { tag: tags.punctuation, color: "var(--sx-sign)" },
  { tag: tags.invalid, color: "var(--trouble)" },
]);

export const sparql = (): LanguageSupport => new LanguageSupport(language, syntaxHighlighting(highlighting));
