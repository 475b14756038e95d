/** Asking the endpoint, and reading its answer as it comes. */

import { parse, type Answer, type Rows } from "./results";

export const ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9, application/problem+json;q=0.8";

/** What the server says of a failure (RFC 9457), with the place in the query where it knows it. */
export interface Problem {
  readonly title: string;
  readonly detail: string;
  readonly status: number;
  readonly line?: number;
  readonly column?: number;
  readonly hint?: string;
}

/** Thrown where there is no answer; the message is fit to be shown. */
export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
  }
}

export interface Reply {
  readonly answer: Answer;
  readonly text: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly milliseconds: number;
}

/** Have *query* answered. *progress* hears how many bytes have come. */
export async function ask(
  endpoint: string,
  query: string,
  signal?: AbortSignal,
  progress?: (bytes: number) => void,
): Promise<Reply> {
  const began = performance.now();
  const response = await fetch(endpoint, {
    method: "POST",
    headers: { Accept: ACCEPT, "Content-Type": "application/sparql-query" },
    body: query,
    ...(signal && { signal }),
  });
  if (!response.ok) throw await refusal(response);
  const { text, bytes } = await read(response, progress);
  const mediaType = response.headers.get("Content-Type") ?? "";
  return { answer: parse(text, mediaType), text, mediaType, bytes, milliseconds: performance.now() - began };
}

/** Return the rows at *address*. */
export async function rowsOf(address: string): Promise<Rows> {
  const response = await fetch(address, { headers: { Accept: ACCEPT } });
  if (!response.ok) throw await refusal(response);
  const answer = parse(await response.text(), response.headers.get("Content-Type") ?? "");
  if ("truth" in answer) throw new Error("the answer is no table");
  return answer;
}

async function refusal(response: Response): Promise<Refused> {
  const fallback = {
    title: response.statusText,
    status: response.status,
    detail: `the server answered ${response.status}`,
  };
  try {
    return new Refused({ ...fallback, ...((await response.json()) as Partial<Problem>) });
  } catch {
    return new Refused(fallback);
  }
}

async function read(response: Response, progress?: (bytes: number) => void): Promise<{ text: string; bytes: number }> {
  if (!response.body) return { text: await response.text(), bytes: 0 };
  const decoder = new TextDecoder();
  const parts: string[] = [];
  let bytes = 0;
  const reader = response.body.getReader();
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    bytes += piece.value.length;
    parts.push(decoder.decode(piece.value, { stream: true }));
    progress?.(bytes);
  }
  parts.push(decoder.decode());
  return { text: parts.join(""), bytes };
}
