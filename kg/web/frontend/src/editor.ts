/** The editor on /sparql, in place of the form that works without it. */

import { Vocabulary } from "./editor/vocabulary";
import { Workbench } from "./editor/workbench";
import "./styles/editor.css";

async function start(host: HTMLElement): Promise<void> {
  const { endpoint = "", complete = "", vocabulary = "", questions = "" } = host.dataset;
  const form = document.querySelector<HTMLFormElement>("form.editor");
  const text = form?.querySelector("textarea")?.value ?? "";
  const known = await Vocabulary.load(vocabulary);
  for (const each of document.querySelectorAll<HTMLElement>("[data-plain]")) each.hidden = true;
  host.hidden = false;
  new Workbench(host, text, known, { endpoint, complete, vocabulary, questions });
}

const host = document.getElementById("workbench");
if (host) await start(host);
