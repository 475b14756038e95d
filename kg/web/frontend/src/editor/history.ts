/** What was asked before, and what was being written, in this browser alone. */

export interface Asked {
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly when: number;
  readonly rows: number;
  readonly milliseconds: number;
}

const MOST = 60;
const [ASKED, DRAFT] = ["kg.asked", "kg.draft"];

export const asked = (): Asked[] => read<Asked[]>(ASKED, []);
export const draft = (): string => read(DRAFT, "");
export const keepDraft = (text: string): void => write(DRAFT, text);
export const forget = (): void => write(ASKED, []);

/** Keep *entry* as the latest; the same text is kept once. */
export function remember(entry: Asked): void {
  write(ASKED, [entry, ...asked().filter((each) => each.text !== entry.text)].slice(0, MOST));
}

function read<T>(name: string, otherwise: T): T {
  try {
    return (JSON.parse(localStorage.getItem(name) ?? "null") as T | null) ?? otherwise;
  } catch {
    return otherwise;
  }
}

/** A browser that keeps nothing, or has no room, is no reason to stop. */
function write(name: string, value: unknown): void {
  try {
    localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // nothing is kept
  }
}
