/** What a name in the query means, shown when it is pointed at. */

import { hoverTooltip } from "@codemirror/view";
import type { Extension } from "@codemirror/state";
import { h } from "../dom";
import { pageOf } from "../site";
import { declared } from "../sparql/prefixes";
import { tokenise } from "../sparql/tokens";
import type { Labels } from "./labels";
import type { Vocabulary } from "./vocabulary";

export function meanings(vocabulary: Vocabulary, labels: Labels): Extension {
  return hoverTooltip(async (view, pos) => {
    const text = view.state.doc.toString();
    const token = tokenise(text).find((each) => each.start <= pos && pos < each.end);
    if (!token || (token.kind !== "iri" && token.kind !== "prefixed")) return null;
    const named = /^BASE\s+<([^>]*)>/m.exec(text)?.[1] ?? "";
    const inside = token.text.slice(1, -1);
    const iri =
      token.kind === "iri"
        ? /^[a-z][\w+.-]*:/i.test(inside)
          ? inside
          : named + inside
        : vocabulary.expand(token.text, declared(text));
    if (!iri) return null;
    const term = vocabulary.byIri.get(iri);
    if (!term) await labels.ready([iri]);
    const title = term?.label ?? labels.of(iri);
    const href = pageOf(iri);
    const dom = h(
      "div",
      { class: "meaning" },
      title && h("strong", {}, title),
      term?.meaning && h("p", {}, term.meaning),
      href ? h("a", { href, target: "_blank", rel: "noreferrer" }, iri) : h("code", {}, iri),
    );
    return { pos: token.start, end: token.end, above: true, create: () => ({ dom }) };
  });
}
