/** Lays a query out anew: one statement a line, two spaces for each brace, keywords in capitals; comments stay. */

import { FUNCTIONS, KEYWORDS, tokenise, type Token } from "./tokens";

const WIDTH = 100;
/** Words that begin a line of their own inside a group. */
const STARTERS = new Set("FILTER OPTIONAL BIND MINUS GRAPH SERVICE VALUES SELECT".split(" "));
/** Words that begin a line of their own outside of one. */
const CLAUSES = new Set(
  "PREFIX BASE SELECT CONSTRUCT DESCRIBE ASK FROM WHERE GROUP HAVING ORDER LIMIT OFFSET VALUES".split(" "),
);
/** Keywords that stand close to a bracket behind them. */
const TIGHT = new Set("FILTER BIND ASC DESC".split(" "));
/** Signs that are a path's or a sum's: only the writer knows, so the spaces around them stay as they are. */
const EITHER = new Set(["/", "|", "*", "+", "-", "?", "^", "!", "<<", ">>", "<<(", ")>>", "~"]);

interface Piece {
  readonly token: Token;
  readonly text: string;
  /** Whether space stood before it, and how many line ends. */
  readonly spaced: boolean;
  readonly lines: number;
}

/** Return *text* in the usual layout. What it means does not change, and formatting it again changes nothing. */
export function format(text: string): string {
  return new Layout(pieces(text)).run();
}

function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let space = "";
  for (const token of tokenise(text)) {
    if (token.kind === "space") {
      space = token.text;
      continue;
    }
    found.push({ token, text: written(token), spaced: space !== "", lines: space.split("\n").length - 1 });
    space = "";
  }
  return found;
}

function written(token: Token): string {
  if (token.kind === "comment") return token.text.trimEnd();
  const upper = token.text.toUpperCase();
  return token.kind === "word" && (KEYWORDS.has(upper) || FUNCTIONS.has(upper)) ? upper : token.text;
}

class Layout {
  private out = "";
  private line = "";
  private depth = 0;
  /** Round and square brackets that are open. */
  private nested = 0;
  /** How much deeper the lines of an unfinished statement stand. */
  private hanging = 0;
  private clause = "";

  constructor(private readonly pieces: readonly Piece[]) {}

  run(): string {
    for (let index = 0; index < this.pieces.length; index++) index = this.place(index);
    this.end();
    return this.out.trim() ? `${this.out.trim()}\n` : "";
  }

  /** Write the piece at *index*, or several; return the index of the last that was written. */
  private place(index: number): number {
    const piece = this.pieces[index] as Piece;
    if (piece.token.kind === "comment") return this.comment(piece, index);
    if (piece.text === "{") return this.open(index);
    if (piece.text === "}") return this.close(index);
    this.begin(piece, index);
    this.add(piece, this.pieces[index - 1]);
    this.after(piece, index);
    return index;
  }

  private comment(piece: Piece, index: number): number {
    if (piece.lines || index === 0) this.end(piece.lines > 1);
    this.line += (this.line ? " " : this.indent()) + piece.text;
    this.end();
    return index;
  }

  private open(index: number): number {
    const last = this.short(index);
    if (this.line.trim() === "" && this.pieces[index]?.lines) this.blank(index);
    if (last < 0) {
      this.append("{");
      this.end();
      this.depth++;
      this.hanging = 0;
      this.clause = "";
      return index;
    }
    this.append(this.flat(index, last));
    if (this.depth > 0 && !this.joins(last + 1)) this.end();
    else this.clause = "}";
    return last;
  }

  private close(index: number): number {
    this.end();
    this.hanging = 0;
    this.depth = Math.max(0, this.depth - 1);
    this.append("}");
    if (!this.joins(index + 1)) this.end();
    return index;
  }

  /** Whether what follows a closing brace stays on its line. */
  private joins(index: number): boolean {
    const next = this.pieces[index];
    return (
      next !== undefined &&
      (next.text === "UNION" || (next.token.kind === "comment" && next.lines === 0) || next.text === ".")
    );
  }

  /** Begin a new line where *piece* is the first word of a clause or statement. */
  private begin(piece: Piece, index: number): void {
    const word = piece.token.kind === "word" && this.nested === 0 ? piece.text : "";
    if (word && (this.depth ? STARTERS : CLAUSES).has(word)) {
      const prologue = (name: string) => name === "PREFIX" || name === "BASE";
      const leaving = this.depth === 0 && prologue(this.clause) && !prologue(word);
      if (!(word === "SELECT" && this.line.endsWith("("))) this.end(leaving || (piece.lines > 1 && this.out !== ""));
      this.hanging = 0;
      this.clause = word;
    } else if (this.line.trim() === "") this.blank(index);
    else if (this.nested === 0 && this.line.length + this.extent(index) > WIDTH) {
      this.end();
      this.hanging ||= this.depth ? 2 : 7;
    }
  }

  private after(piece: Piece, index: number): void {
    const next = this.pieces[index + 1];
    const trailing = next?.token.kind === "comment" && next.lines === 0;
    if (piece.text === "(" || piece.text === "[") this.nested++;
    if (piece.text === ")" || piece.text === "]") this.nested = Math.max(0, this.nested - 1);
    if (this.nested || this.depth === 0) return;
    if (piece.text === "." || piece.text === ";") {
      this.hanging = piece.text === ";" ? 2 : 0;
      if (!trailing) this.end();
    } else if (
      piece.text === ")" &&
      STARTERS.has(this.clause) &&
      next?.text !== ")" &&
      this.clause !== "SELECT" &&
      this.clause !== "VALUES"
    ) {
      if (!trailing && !(next && /^(AS|IN|NOT|[=<>!&|*/+-].*)$/.test(next.text))) this.end();
      this.clause = "";
    }
  }

  private add(piece: Piece, before: Piece | undefined): void {
    this.line += (this.line.trim() === "" ? this.indent() : this.gap(piece, before)) + piece.text;
  }

  /** The space between two pieces of one line. */
  private gap(piece: Piece, before: Piece | undefined): string {
    const left = before?.text ?? "";
    if (EITHER.has(piece.text) || EITHER.has(left)) return piece.spaced ? " " : "";
    if (left === "[" || piece.text === "]") return left === "[" && piece.text === "]" ? "" : " ";
    if (left === "(" || piece.text === ")" || piece.text === ",") return "";
    if (piece.text === "^^" || left === "^^" || piece.token.kind === "language") return "";
    return piece.text === "(" && before ? this.gapToBracket(before, piece.spaced) : " ";
  }

  /** Functions stand close to their bracket, keywords do not; behind a name it is as it was. */
  private gapToBracket({ text, token }: Piece, spaced: boolean): string {
    if (token.kind === "iri" || token.kind === "prefixed") return spaced ? " " : "";
    const close = token.kind === "word" && text !== "a" && (!KEYWORDS.has(text) || TIGHT.has(text));
    return close ? "" : " ";
  }

  /** How long the piece at *index* is, together with the brackets that it opens. */
  private extent(index: number): number {
    let [length, open] = [0, 0];
    for (let at = index; at < this.pieces.length && length < WIDTH; at++) {
      const { text } = this.pieces[at] as Piece;
      length += text.length + (open && text.length > 1 ? 1 : 0);
      open += text === "(" ? 1 : text === ")" ? -1 : 0;
      if (open <= 0) break;
    }
    return length;
  }

  /** The index of the brace that closes the group at *index* if all of it fits into this line, or -1. */
  private short(index: number): number {
    for (let at = index + 1; at < this.pieces.length; at++) {
      const { text, token } = this.pieces[at] as Piece;
      if (text === "}") {
        const top = this.depth === 0 && this.clause !== "VALUES";
        return !top && this.line.length + this.flat(index, at).length < WIDTH - this.indent().length ? at : -1;
      }
      if (text === "{" || text === ";" || token.kind === "comment" || STARTERS.has(text)) return -1;
      if (text === "." && this.pieces[at + 1]?.text !== "}") return -1;
    }
    return -1;
  }

  private flat(from: number, to: number): string {
    let text = "{";
    for (let at = from + 1; at < to; at++) {
      const piece = this.pieces[at] as Piece;
      text += (at === from + 1 ? " " : this.gap(piece, this.pieces[at - 1])) + piece.text;
    }
    return to === from + 1 ? "{}" : `${text} }`;
  }

  private append(text: string): void {
    this.line += (this.line.trim() === "" ? this.indent() : " ") + text;
  }

  private blank(index: number): void {
    if ((this.pieces[index]?.lines ?? 0) > 1 && this.out && !this.out.endsWith("\n\n") && !this.out.endsWith("{\n")) {
      this.out += "\n";
    }
  }

  private end(blank = false): void {
    if (this.line.trim()) this.out += `${this.line.trimEnd()}\n`;
    this.line = "";
    if (blank && this.out && !this.out.endsWith("\n\n")) this.out += "\n";
  }

  private indent(): string {
    return " ".repeat(this.depth * 2 + this.hanging);
  }
}
