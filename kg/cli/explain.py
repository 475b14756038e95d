"""`kg explain`: a readout with what was found in it, by which rule, and what was not."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.common import lexicon_option, report_issues, status_of

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from kg.explain import Explanation, Mark, Told
    from kg.model import Issue, Mention, Span

__all__ = ["explain"]

_STYLES = {
    "person": "bold cyan",
    "agency": "bold magenta",
    "place": "bold green",
    "initiative": "bold yellow",
    "event": "bold blue",
}
_INDENT = "    "


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--format",
    "format",
    type=click.Choice(("text", "json", "html")),
    default="text",
    show_default=True,
    help="JSON has one line for each readout.",
)
@lexicon_option
def explain(paths: tuple[str, ...], format: str, lexicon: tuple[Path, ...]) -> int:
    """Print readouts with what was found in them, by which rule and how surely, and what was not, and why.

    Sentence by sentence: the names in it, then the facts that it is evidence for, then what was not taken. In colour on
    a terminal, otherwise (or where NO_COLOR is set) names stand in brackets with what they are.
    """
    from rich.console import Console

    recording = format == "html"
    console = (
        Console(record=True, file=io.StringIO(), force_terminal=True, color_system="truecolor")
        if recording
        else Console(highlight=False)
    )
    issues: list[Issue] = []
    shown = 0
    for explanation in _explained(paths, lexicon, issues):
        shown += 1
        if format == "json":
            click.echo(json.dumps(_record(explanation), ensure_ascii=False))
        else:
            _print(console, explanation)
    if recording:
        click.echo(console.export_html(inline_styles=True))
    report_issues(issues)
    return status_of(shown, len(issues))


def _explained(paths: tuple[str, ...], extra: tuple[Path, ...], issues: list[Issue]) -> Iterator[Explanation]:
    from kg.explain import explain as explained
    from kg.lexicon import lexicon_with
    from kg.model import Issue, Readout
    from kg.sources import documents, expand

    lexicon = lexicon_with(*extra)
    for source in expand(paths):
        for document in documents(source, lexicon):
            if isinstance(document, Readout):
                yield explained(document, lexicon)
            elif isinstance(document, Issue):
                issues.append(document)
            else:
                issues.append(Issue(origin=source.origin, reason="RDF says itself what it says: use kg query"))


# --- for people ---------------------------------------------------------------------------------------------------


def _print(console: Console, explanation: Explanation) -> None:
    from rich.text import Text

    readout, coloured = explanation.readout, console.is_terminal and not console.no_color
    about = (readout.id, readout.publisher, readout.issued.isoformat() if readout.issued else "no date")
    console.print(Text(" · ".join(filter(None, about)), "bold"), soft_wrap=True)
    if coloured:
        console.print(Text(" ").join(Text(kind, style) for kind, style in _STYLES.items()))
    if not explanation.extraction.meetings:
        console.print("No encounter is told of: `kg load` sets such a document aside.")
    end = 0
    for told in explanation.told:
        if "\n\n" in readout.text[end : told.sentence.start] or end == 0:
            console.print()
        console.print(_sentence(told, readout.text, coloured), soft_wrap=True)
        for line in _notes(told, readout.text):
            console.print(line, soft_wrap=True)
        end = told.sentence.end
    console.print()


def _sentence(told: Told, text: str, coloured: bool) -> Text:
    from rich.text import Text

    line, at = Text(), told.sentence.start
    for mark in told.marks:
        line.append(text[at : mark.mention.span.start])
        _append(line, mark, text, coloured)
        at = mark.mention.span.end
    line.append(text[at : told.sentence.end])
    return line


def _append(line: Text, mark: Mark, text: str, coloured: bool) -> None:
    """Add a phrase that names something; and whom or what it means, where it is not the name itself."""
    from kg.explain import kind_of

    phrase, kind = mark.mention.span.of(text), kind_of(mark.entity)
    name = "" if phrase == mark.entity.name else mark.entity.name
    if coloured:
        line.append(phrase, _STYLES[kind])
        line.append(f" ={name}" if name else "", "dim")
    else:
        line.append(f"[{phrase}: {kind}{' ' if name else ''}{name}]")


def _notes(told: Told, text: str) -> Iterator[Text]:
    from rich.text import Text

    for fact in told.facts:
        line = Text(f"{_INDENT}{fact.kind:13} {fact.words}")
        line.append(f"  ({fact.evidence.rule} {fact.evidence.confidence:.2f})", "dim")
        yield line
    if not told.facts:
        yield Text(f"{_INDENT}no fact", "dim")
    for item in told.rejected:
        line = Text(_INDENT)
        line.append(f"{'not taken':13} ", "red")
        line.append(f"“{_short(item.span.of(text))}”: {item.reason}")
        line.append(f"  ({item.rule})" if item.rule else "", "dim")
        yield line


def _short(phrase: str) -> str:
    return phrase if len(phrase) < 60 else f"{phrase[:40].rstrip()} … {phrase[-12:].lstrip()}"


# --- for programs -------------------------------------------------------------------------------------------------


def _record(explanation: Explanation) -> dict[str, Any]:
    readout = explanation.readout
    return {
        "id": readout.id,
        "title": readout.title.of(readout.text) if readout.title else None,
        "publisher": readout.publisher,
        "issued": readout.issued.isoformat() if readout.issued else None,
        "encounters": len(explanation.extraction.meetings),
        "sentences": [_told(told, readout.text) for told in explanation.told],
    }


def _told(told: Told, text: str) -> dict[str, Any]:
    from kg.explain import kind_of

    return {
        **_place(told.sentence, text),
        "names": [
            {
                **_evidence(mark.mention, text),
                "kind": kind_of(mark.entity),
                "id": mark.entity.id,
                "is": mark.entity.name,
            }
            for mark in told.marks
        ],
        "facts": [{"kind": fact.kind, "fact": fact.words, **_evidence(fact.evidence, text)} for fact in told.facts],
        "not_taken": [
            {**_place(item.span, text), "rule": item.rule or None, "reason": item.reason} for item in told.rejected
        ],
    }


def _place(span: Span, text: str) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.of(text)}


def _evidence(mention: Mention, text: str) -> dict[str, Any]:
    return {**_place(mention.span, text), "rule": mention.rule, "confidence": mention.confidence}
