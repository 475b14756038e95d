/** The prologue of a query: which prefixes it declares, and the missing ones put in. */

import { tokenise, counts, type Token } from "./tokens";

export type Prefixes = Readonly<Record<string, string>>;

/** Return the prefixes that *text* declares, without their colons. */
export function declared(text: string): Map<string, string> {
  const found = new Map<string, string>();
  const tokens = tokenise(text).filter(counts);
  tokens.forEach((token, index) => {
    const [name, iri] = [tokens[index + 1], tokens[index + 2]];
    if (isPrefixWord(token) && name?.text.endsWith(":") && iri?.kind === "iri") {
      found.set(name.text.slice(0, -1), iri.text.slice(1, -1));
    }
  });
  return found;
}

/** Return the prefixed names of *text* whose prefix it does not declare. */
export function undeclared(text: string): Token[] {
  const known = declared(text);
  const tokens = tokenise(text).filter(counts);
  return tokens.filter((token, index) => {
    const before = tokens[index - 1];
    return token.kind === "prefixed" && !(before && isPrefixWord(before)) && !known.has(prefixOf(token.text));
  });
}

/** Return the lines that declare those of *wanted* which *text* uses and does not declare, and the offset to put them at. */
export function missing(text: string, wanted: Prefixes, also: readonly string[] = []): { at: number; insert: string } {
  const known = declared(text);
  const names = new Set([...undeclared(text).map((token) => prefixOf(token.text)), ...also]);
  const lines = [...names].filter((name) => name in wanted && !known.has(name)).sort();
  const at = endOfPrologue(text);
  const insert = lines.map((name) => `PREFIX ${name}: <${wanted[name]}>\n`).join("");
  return { at, insert: insert && at > 0 && text[at - 1] !== "\n" ? `\n${insert.trimEnd()}` : insert };
}

/** Return *text* with what `missing` found. */
export function completed(text: string, wanted: Prefixes): string {
  const { at, insert } = missing(text, wanted);
  return text.slice(0, at) + insert + text.slice(at);
}

export const prefixOf = (name: string): string => name.slice(0, name.indexOf(":"));

/** The offset behind the last declaration with its line's end; without one, behind the comments that head the text. */
function endOfPrologue(text: string): number {
  const tokens = tokenise(text);
  const content = tokens.filter(counts);
  let last: Token | undefined;
  content.forEach((token, index) => {
    if (isPrefixWord(token)) last = content[index + 2] ?? last;
    else if (token.kind === "word" && token.text.toUpperCase() === "BASE") last = content[index + 1] ?? last;
  });
  if (last) {
    const newline = text.indexOf("\n", last.end);
    return newline >= 0 && !text.slice(last.end, newline).trim() ? newline + 1 : last.end;
  }
  const first = content[0]?.start ?? 0;
  const head = text.slice(0, first).trimEnd();
  return head ? Math.min(first, head.length + 1) : 0;
}

function isPrefixWord(token: Token): boolean {
  return token.kind === "word" && token.text.toUpperCase() === "PREFIX";
}
