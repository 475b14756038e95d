/** What makes the pages more comfortable. Everything on them works without it. */

import { combobox } from "./pages/combobox";
import { copyButton } from "./pages/copy";
import { facts } from "./pages/facts";
import { figure } from "./pages/figures";
import css from "./styles/pages.css?inline";
import { adopt } from "./styles/adopt";

adopt(document, css);
document.querySelectorAll<HTMLInputElement>("input[data-complete]").forEach(combobox);
document.querySelectorAll<HTMLElement>("[data-copy]").forEach(copyButton);
document.querySelectorAll<HTMLElement>("figure[data-view][data-source]").forEach(figure);
if (document.querySelector("[data-fact]")) facts(document);
