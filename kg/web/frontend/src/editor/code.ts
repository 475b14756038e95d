/** The text of the query: CodeMirror in a shadow root, where its styles are sheets and no elements. */

import { acceptCompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, indentOnInput, indentUnit } from "@codemirror/language";
import { lintKeymap } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  placeholder,
  tooltips,
  type ViewUpdate,
} from "@codemirror/view";
import { format } from "../sparql/format";
import { completed, missing } from "../sparql/prefixes";
import { adopt } from "../styles/adopt";
import css from "../styles/code.css?inline";
import { checks, show } from "./checks";
import { completion } from "./completion";
import { meanings } from "./hover";
import { sparql } from "./language";
import type { Labels } from "./labels";
import type { Vocabulary } from "./vocabulary";
import type { Problem } from "../answer";

interface Wishes {
  readonly vocabulary: Vocabulary;
  readonly labels: Labels;
  readonly complete: string;
  readonly run: () => void;
  readonly changed: (text: string) => void;
}

/** The editor of one query. */
export class Code {
  private readonly view: EditorView;

  constructor(
    host: HTMLElement,
    text: string,
    private readonly wishes: Wishes,
  ) {
    const root = host.attachShadow({ mode: "open" });
    adopt(root, css);
    this.view = new EditorView({
      root,
      parent: root,
      state: EditorState.create({ doc: text, extensions: this.extensions() }),
    });
  }

  get text(): string {
    return this.view.state.doc.toString();
  }

  set text(text: string) {
    if (text === this.text) return;
    this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: text } });
    this.view.scrollDOM.scrollTo(0, 0);
  }

  focus(): void {
    this.view.focus();
  }

  format(): void {
    this.text = format(this.text);
  }

  /** Declare the usual prefixes that the text uses. */
  declare(): void {
    this.text = completed(this.text, this.wishes.vocabulary.prefixes);
  }

  /** Show where the server found what is wrong. */
  show(problem: Problem | null): void {
    show(this.view, problem);
  }

  private extensions() {
    const { vocabulary, labels, complete, run } = this.wishes;
    const command = (action: () => void) => () => {
      action();
      return true;
    };
    return [
      keymap.of([
        { key: "Mod-Enter", run: command(run) },
        { key: "Shift-Alt-f", run: command(() => this.format()) },
        { key: "Tab", run: acceptCompletion }, // where nothing is proposed, the key leads out of the editor as always
      ]),
      lineNumbers(),
      history(),
      drawSelection(),
      matchMedia("(max-width: 48rem)").matches ? EditorView.lineWrapping : [],
      highlightSpecialChars(),
      highlightActiveLine(),
      highlightSelectionMatches(),
      bracketMatching(),
      closeBrackets(),
      indentOnInput(),
      indentUnit.of("  "),
      search({ top: true }),
      sparql(),
      completion(vocabulary, complete),
      checks(vocabulary),
      meanings(vocabulary, labels),
      tooltips({ position: "fixed" }),
      placeholder("SELECT …"),
      EditorView.contentAttributes.of({
        "aria-label": "Query, in SPARQL",
        tabindex: "0",
        spellcheck: "false",
        autocapitalize: "off",
      }),
      EditorView.domEventHandlers({ beforeinput: typedOver }),
      EditorView.updateListener.of((update) => this.updated(update)),
      keymap.of([
        ...closeBracketsKeymap,
        ...completionKeymap,
        ...lintKeymap,
        ...searchKeymap,
        ...historyKeymap,
        ...defaultKeymap,
      ]),
    ];
  }

  private updated(update: ViewUpdate): void {
    if (!update.docChanged) return;
    this.wishes.changed(this.text);
    let colon = false;
    update.changes.iterChanges((_a, _b, _c, _d, inserted) => (colon ||= inserted.toString() === ":"));
    if (colon && update.transactions.some((each) => each.isUserEvent("input.type")))
      setTimeout(() => this.declareAtCursor());
  }

  /** Somebody typed the colon of a usual prefix: put its declaration in. */
  private declareAtCursor(): void {
    const { at, insert } = missing(this.text, this.wishes.vocabulary.prefixes);
    const { head } = this.view.state.selection.main;
    const line = this.view.state.doc.lineAt(head).text;
    if (insert && at < head && !/^\s*PREFIX/i.test(line)) this.view.dispatch({ changes: { from: at, insert } });
  }
}

/**
 * Put typed text in place of what is selected. Left to itself, Chromium keeps the look of what it replaces in a `style`
 * attribute, which the policy forbids, and says so on the console.
 */
function typedOver(event: InputEvent, view: EditorView): boolean {
  const { main } = view.state.selection;
  const text = event.data;
  if (event.inputType !== "insertText" || event.isComposing || text === null || main.empty) return false;
  const plain = () =>
    view.state.update(view.state.replaceSelection(text), { userEvent: "input.type", scrollIntoView: true });
  const handled = view.state
    .facet(EditorView.inputHandler)
    .some((handler) => handler(view, main.from, main.to, text, plain));
  if (!handled) view.dispatch(plain());
  event.preventDefault();
  return true;
}
