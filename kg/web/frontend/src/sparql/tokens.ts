/** The words of SPARQL: one lexer for highlighting, formatting, completion and the checks while one types. */

export type Kind =
  | "space"
  | "comment"
  | "iri"
  | "string"
  | "language"
  | "number"
  | "variable"
  | "blank"
  | "prefixed"
  | "word"
  | "punctuation"
  | "unknown";

export interface Token {
  readonly kind: Kind;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const LETTER = "A-Za-z\\u00C0-\\u02FF\\u0370-\\u1FFF\\u200C\\u200D\\u2070-\\uFFFD";
const NAME = `${LETTER}0-9_\\-\\u00B7\\u0300-\\u036F\\u203F\\u2040`;
const ESCAPED = "%[0-9A-Fa-f]{2}|\\\\[_~.\\-!$&'()*+,;=/?#@%]";
const LOCAL = `(?:[${NAME}:]|${ESCAPED})(?:\\.*(?:[${NAME}:]|${ESCAPED}))*`;

/** The terminals of SPARQL 1.1 (§19.8), the likelier first where two could match. */
const TERMINALS: readonly (readonly [Kind, string])[] = [
  ["space", "\\s+"],
  ["comment", "#[^\\n\\r]*"],
  ["iri", '<[^<>"{}|^`\\\\\\u0000-\\u0020]*>'],
  ["string", '"""(?:"{0,2}(?:[^"\\\\]|\\\\[^]))*"""' + "|'''(?:'{0,2}(?:[^'\\\\]|\\\\[^]))*'''"],
  ["string", '"(?:[^"\\\\\\n\\r]|\\\\.)*"' + "|'(?:[^'\\\\\\n\\r]|\\\\.)*'"],
  ["language", "@[A-Za-z]+(?:-+[A-Za-z0-9]+)*"],
  ["variable", `[?$][${LETTER}0-9_][${LETTER}0-9_\\u00B7\\u0300-\\u036F\\u203F\\u2040]*`],
  ["blank", `_:[${NAME}]+(?:\\.+[${NAME}]+)*`],
  ["prefixed", `(?:[${LETTER}](?:[${NAME}.]*[${NAME}])?)?:(?:${LOCAL})?`],
  ["number", "(?:\\d+(?:\\.\\d+)?|\\.\\d+)(?:[eE][+-]?\\d+)?"],
  ["word", "[A-Za-z_][A-Za-z0-9_]*"],
  ["punctuation", "\\^\\^|&&|\\|\\||!=|<=|>=|<<\\(|\\)>>|<<|>>|[{}()\\[\\].,;=<>!|/^*+?~-]"],
  ["unknown", "[^]"],
];
const PATTERN = new RegExp(TERMINALS.map(([, source]) => `(${source})`).join("|"), "uy");

/** Return the token of *text* that begins at *start*, or null at its end. */
export function tokenAt(text: string, start: number): Token | null {
  PATTERN.lastIndex = start;
  const match = PATTERN.exec(text);
  if (!match?.[0]) return null;
  const which = match.findIndex((group, index) => index > 0 && group !== undefined) - 1;
  return { kind: TERMINALS[which]?.[0] ?? "unknown", text: match[0], start, end: start + match[0].length };
}

/** Split *text* into tokens, of which nothing is left out: their texts make *text* again. */
export function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  for (let next = tokenAt(text, 0); next; next = tokenAt(text, next.end)) tokens.push(next);
  return tokens;
}

/** Tell whether a token has a meaning of its own: neither space nor comment. */
export const counts = (token: Token): boolean => token.kind !== "space" && token.kind !== "comment";

export const KEYWORDS: ReadonlySet<string> = new Set(
  (
    "ADD ALL AS ASC ASK BASE BIND BY CLEAR CONSTRUCT COPY CREATE DATA DEFAULT DELETE DESC DESCRIBE DISTINCT DROP EXISTS " +
    "FILTER FROM GRAPH GROUP HAVING IN INSERT INTO LIMIT LOAD MINUS MOVE NAMED NOT OFFSET OPTIONAL ORDER PREFIX REDUCED " +
    "SELECT SEPARATOR SERVICE SILENT TO UNDEF UNION USING VALUES WHERE WITH"
  ).split(" "),
);

export const FUNCTIONS: ReadonlySet<string> = new Set(
  (
    "ABS AVG BNODE BOUND CEIL COALESCE CONCAT CONTAINS COUNT DATATYPE DAY ENCODE_FOR_URI FLOOR GROUP_CONCAT HOURS IF IRI " +
    "ISBLANK ISIRI ISLITERAL ISNUMERIC ISURI LANG LANGMATCHES LCASE MAX MD5 MIN MINUTES MONTH NOW RAND REGEX REPLACE ROUND " +
    "SAMETERM SAMPLE SECONDS SHA1 SHA256 SHA384 SHA512 STR STRAFTER STRBEFORE STRDT STRENDS STRLANG STRLEN STRSTARTS " +
    "STRUUID SUBSTR SUM TIMEZONE TZ UCASE URI UUID YEAR"
  ).split(" "),
);
