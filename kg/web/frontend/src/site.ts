/** Where things are on this site: base.html says it on the root element. */

const said = document.documentElement.dataset;

/** What the IRIs of the store's entities begin with, and the path of the start page. */
export const BASE = said["base"] ?? "https://w3id.org/readout/";
export const ROOT = said["root"] ?? "/";

/** Namespaces under the base that are vocabulary and no entities. */
const VOCABULARY = /^(?:ontology#|(?:kind|mode|status|act|role|tenure)\/)/;

/** Return the address that shows *iri*: a page of this site, a web page elsewhere, or null. Never another scheme. */
export function pageOf(iri: string): string | null {
  if (iri.startsWith(BASE)) {
    const tail = iri.slice(BASE.length);
    return VOCABULARY.test(tail) ? `${ROOT}ontology` : `${ROOT}page/${tail}`;
  }
  return /^https?:\/\//.test(iri) ? iri : null;
}

export const isOurs = (iri: string): boolean => iri.startsWith(BASE) && !VOCABULARY.test(iri.slice(BASE.length));

/** The last part of *iri*, which is all there is to show where no label is known. */
export function tailOf(iri: string): string {
  const tail = isOurs(iri) ? iri.slice(BASE.length) : iri;
  try {
    return decodeURIComponent(tail);
  } catch {
    return tail;
  }
}
