/** `/api/complete`: entities by the beginning of a name, typos allowed. */

export interface Suggestion {
  readonly label: string;
  readonly type: string;
  readonly detail?: string;
  readonly url: string;
  readonly iri: string;
}

/** Ask the address *complete* for what begins with *text*; an old service or a failure has nothing to suggest. */
export async function suggestions(complete: string, text: string, signal?: AbortSignal, type = ""): Promise<readonly Suggestion[]> {
  const address = new URL(complete, location.href);
  address.searchParams.set("q", text);
  if (type) address.searchParams.set("type", type);
  const response = await fetch(address, { headers: { Accept: "application/json" }, ...(signal && { signal }) });
  return response.ok ? ((await response.json()) as Suggestion[]) : [];
}
