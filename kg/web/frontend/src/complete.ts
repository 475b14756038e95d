/** `/api/complete`: entities by the beginning of a name, typos allowed. */

export interface Suggestion {
  readonly label: string;
  readonly type: string;
  readonly detail?: string;
  /** Its page on this site; null where it has none. */
  readonly url: string | null;
  readonly iri: string;
}

/** Ask the address *complete* for what *text* may be the beginning of, among things of these *types* (all where there are none). */
export async function suggestions(
  complete: string,
  text: string,
  signal?: AbortSignal,
  types: readonly string[] = [],
): Promise<readonly Suggestion[]> {
  const address = new URL(complete, location.href);
  address.searchParams.set("q", text);
  for (const type of types) address.searchParams.append("type", type);
  const response = await fetch(address, { headers: { Accept: "application/json" }, ...(signal && { signal }) });
  return response.ok ? ((await response.json()) as Suggestion[]) : [];
}
