/** Buttons that copy: `data-copy` is the text, or, with a number sign before it, the id of the element that has it. */

import { copy } from "../dom";

export function copyButton(button: HTMLElement): void {
  const what = button.dataset["copy"] ?? "";
  button.hidden = false; // it does nothing without this script, so the page hides it
  button.addEventListener("click", () => {
    const from = what.startsWith("#") ? document.getElementById(what.slice(1)) : null;
    void copy(from ? from.innerText.trim() : what, button);
  });
}
