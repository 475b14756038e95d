/** What may stand at a place of a query: the end of the text before it tells. */

import { counts, tokenise, KEYWORDS, type Token } from "./tokens";

export type Place = "prologue" | "clause" | "subject" | "predicate" | "object" | "expression" | "silent";

export interface Position {
  readonly place: Place;
  /** What is being written: its text and where it begins. */
  readonly word: string;
  readonly from: number;
  /** The subject and predicate that the object or predicate belongs to, as written. */
  readonly subject: string;
  readonly predicate: string;
}

const PATHS = new Set(["/", "|", "^", "*", "+", "?", "!"]);
const TERMS: ReadonlySet<Token["kind"]> = new Set(["iri", "string", "number", "variable", "blank", "prefixed"]);

/** Return what may stand at the end of *before*, the text up to the cursor. */
export function position(before: string): Position {
  const tokens = tokenise(before);
  const last = tokens.at(-1);
  const unfinished =
    last &&
    (last.kind === "word" ||
      last.kind === "variable" ||
      last.kind === "prefixed" ||
      last.text === "?" ||
      last.text === "$");
  const word = unfinished ? last.text : "";
  const from = before.length - word.length;
  if (
    last?.kind === "comment" ||
    insideString(tokens) ||
    /<(?:[A-Za-z][^\s<>]*)?$/.test(before) ||
    last?.kind === "number"
  )
    return { place: "silent", word, from, subject: "", predicate: "" };
  return { word, from, ...new Walk().over((unfinished ? tokens.slice(0, -1) : tokens).filter(counts)) };
}

/** An unfinished string leaves its first sign unread. */
function insideString(tokens: readonly Token[]): boolean {
  const line = tokens.slice(tokens.findLastIndex((token) => token.text.includes("\n")) + 1);
  return line.some((token) => token.kind === "unknown" && /["']/.test(token.text));
}

/** Goes over the tokens and keeps count of which part of a triple comes next. */
class Walk {
  private braces = 0;
  private round = 0;
  private slot = 0;
  private keyword = "";
  private subject = "";
  private predicate = "";

  over(tokens: readonly Token[]): { place: Place; subject: string; predicate: string } {
    for (const token of tokens) this.step(token);
    return { place: this.place(), subject: this.subject, predicate: this.predicate };
  }

  private place(): Place {
    if (this.round) return "expression";
    if (this.keyword === "PREFIX") return "prologue";
    if (!this.braces || this.keyword === "GRAPH" || this.keyword === "VALUES") return "clause";
    return (["subject", "predicate", "object"] as const)[this.slot] ?? "clause";
  }

  private step(token: Token): void {
    const { text, kind } = token;
    if (text === "{" || text === "}") {
      this.braces = Math.max(0, this.braces + (text === "{" ? 1 : -1));
      this.restart();
    } else if (text === "(" || text === ")") this.round = Math.max(0, this.round + (text === "(" ? 1 : -1));
    else if (this.round) return;
    else if (text === ".") this.restart();
    else if (text === ";" || text === "[") this.slot = 1;
    else if (text === ",") this.slot = 2;
    else if (PATHS.has(text)) this.slot = Math.min(this.slot, 1);
    else if (text === "a" || TERMS.has(kind)) this.term(text);
    else if (kind === "word" && KEYWORDS.has(text.toUpperCase())) {
      this.restart();
      this.keyword = text.toUpperCase();
    }
  }

  private term(text: string): void {
    if (this.keyword === "GRAPH" || this.keyword === "SERVICE") return this.restart();
    if (this.keyword === "PREFIX" && text.startsWith("<")) return this.restart();
    if (this.slot === 0) this.subject = text;
    if (this.slot === 1) this.predicate = text;
    this.slot++;
  }

  private restart(): void {
    this.slot = 0;
    this.keyword = "";
    this.predicate = "";
  }
}
