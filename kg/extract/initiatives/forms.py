"""Initiatives whose form alone tells them: numbered laws and resolutions, operations, policies, quoted names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from kg.extract.initiatives.gather import Found
from kg.extract.initiatives.words import InitiativeWords
from kg.model import Mention, Span

__all__ = ["found_by_apposition", "found_by_form"]

_BILL = re.compile(
    r"(?<![(])\b(?:(?P<state>[A-Z][a-z]+(?: [A-Z][a-z]+)?)(?:[’']s?)?(?: law)? )?"
    r"(?P<bill>(?:Senate|House|Assembly) Bill \d+|(?:SB|HB|AB|S\.B\.|H\.B\.|H\.R\.) ?\d+|S\. \d{3,4})\b"
)
_MAKERS = r"(?:(?:UN|United Nations|U\.N\.|UNSC|UNGA|Security Council|General Assembly|Human Rights Council) )"
_NUMBERED = re.compile(
    rf"\b{_MAKERS}*(?:Resolution|UNSCR|Executive Order|Proposition|Title|Article) "
    r"(?:\d+(?:/\d+)?|[IVX]+\b)(?! of (?:the|our|its|their) )"
    rf"|\b{_MAKERS}+resolution \d+(?:/\d+)?"
    r"|\bSection \d+(?:\d\d|[A-Z])\b(?! of the )"
)
_PART_OF = re.compile(
    r"\b(?:Article|Section|Title) (?:\d+|[IVX]+) of (?:our|the|its|their) (?P<name>(?:[a-z-]+ ){0,2}[a-z]+\b)(?! [A-Z])"
)
_OPERATION = re.compile(r"\bOperation (?!(?:The|This|In|On|At)\b)[A-Z][A-Za-z]+(?: [A-Z][A-Za-z]+)?\b")
_POLICY = re.compile(
    r"\b(?:(?:Look|Act|Link|Go) (?:East|West|North|South|Africa)|(?!The )[A-Z][a-z]+(?: [A-Z][a-z]+)? First) "
    r"(?:[Pp]olicy|[Aa]pproach|[Aa]genda)\b"
)
_NATIONAL = re.compile(
    r"(?<!\bof )(?<!\bfor )\bNational (?:[A-Z][a-z]+(?:-[A-Za-z]+)? (?:and )?){1,5}Policy\b(?! [A-Z])"
)
_PLAN = re.compile(
    r"(?<![A-Z]\w )\bPlan (?!International\b|Of\b|For\b|To\b|And\b|B\b)"
    r"(?:[A-Z]{3,}|[A-Z][a-zà-ÿ]{3,})\b(?! [A-Z])"
)
_BEFORE_BRACKETS = r"(?P<name>(?:(?!The |In |On |Through )[A-Z][\w’-]+ (?:(?:of|for|and|the|in|on) )*){2,8})"
_SHORT = r"[(](?P<short>[A-Z]{3,8})(?: [A-Z]\w+)?[)]"
_QUOTED = r"(?:[“\"](?P<name>[A-Z][^”\"]{4,90}?),?[”\"]|(?<!\w)[‘'](?P<single>[A-Z][^’']{4,60}?)[’'])"
_CALLED = r"(?:,? (?:called|named|titled|entitled|dubbed|known as))?"
_EXPLAINS = (
    r", (?:which is )?(?:(?:an?|our|its|their|(?:the )?[A-Z]\w+[’']s) (?:[\w’-]+ ){0,3}"
    r"|the (?:[A-Z]+ )?(?:[a-z’-]+ ){0,3})"
)
"""What an apposition opens with; with "the" and capitals it would be another name: ", the Reef Care Plan"."""
_NAME_BEFORE = re.compile(r"(?P<name>\b[A-Z][\w+-]*(?: (?:for |of |and |the )?[A-Z][\w+-]*){0,6})(?: [(][A-Z]\w+[)])?$")
_QUOTES = ("“", '"', "‘", "'")
_NO_NAME = frozenset({"The", "This", "These", "It", "In", "On", "For", "And", "Also", "Today"})


class _Form(NamedTuple):
    """A pattern, its rule, how a match names the thing, and pieces of text without which it need not be looked for."""

    signs: tuple[str, ...]
    pattern: re.Pattern[str]
    rule: str
    name_of: Callable[[re.Match[str]], str | None]


def found_by_apposition(grammar: InitiativeWords, text: str) -> Iterator[Found]:
    """Yield the names that are explained: "*FreshPort* (FP), a pilot programme"; some of them are bodies."""
    for match in _apposition(grammar).finditer(text):
        before = _NAME_BEFORE.search(text, max(match.start() - 90, 0), match.start())
        if before and before["name"].split()[0] not in _NO_NAME:
            span = Span(*before.span("name"))
            yield Found(span, before["name"], Mention(span, "initiatives.apposed", 0.8))


def found_by_form(grammar: InitiativeWords, text: str) -> Iterator[Found]:
    """Yield what a form of name tells to be an initiative, wherever it stands in *text*."""
    for form in _forms(grammar):
        for match in form.pattern.finditer(text) if any(map(text.__contains__, form.signs)) else ():
            if name := form.name_of(match):
                span = Span(match.start(), match.end())
                yield Found(span, name, Mention(span, form.rule, 0.85))


@lru_cache(maxsize=8)
def _apposition(grammar: InitiativeWords) -> re.Pattern[str]:
    return re.compile(rf"{_EXPLAINS}{_kind(grammar, 'forms.apposed')}")


@lru_cache(maxsize=8)
def _forms(grammar: InitiativeWords) -> tuple[_Form, ...]:
    before, after = _kind(grammar, "forms.before-quotation"), _kind(grammar, "forms.behind-quotation")
    shortened = re.compile(rf"{_BEFORE_BRACKETS}{_SHORT} {_kind(grammar, 'forms.behind-brackets')}")
    opening = tuple(f" {quote}" for quote in _QUOTES)
    behind = tuple(f") {kind}" for kind in grammar.sets["forms.behind-brackets"])
    return (
        *_FORMS,
        _Form(_QUOTES, re.compile(rf"{_QUOTED} (?:[a-z]+ ){{0,2}}{after}"), "initiatives.quoted", _quoted_name),
        _Form(opening, re.compile(rf"\b{before}{_CALLED} {_QUOTED}"), "initiatives.quoted", _named_behind),
        _Form(behind, shortened, "initiatives.shortened", _shortened_name),
    )


def _kind(grammar: InitiativeWords, key: str) -> str:
    """Return the pattern of the nouns of list *key*, as the group "kind"."""
    return rf"(?P<kind>{'|'.join(sorted(map(re.escape, grammar.sets[key]), key=len, reverse=True))})\b"


def _bill_name(match: re.Match[str]) -> str:
    return " ".join(part for part in match.group("state", "bill") if part)


def _named_behind(match: re.Match[str]) -> str:
    name: str = match["name"] or match["single"]
    return f"{match['kind']} on {name}" if match["kind"] == "Executive Order" else name


def _quoted_name(match: re.Match[str]) -> str:
    name, kind = match["name"] or match["single"], match["kind"]
    return f"{kind} on {name}" if kind == "Executive Order" else f"{name} {kind}"


def _shortened_name(match: re.Match[str]) -> str | None:
    """Return the name without its abbreviation, if the letters in brackets begin as the words before them do."""
    return f"{match['name']}{match['kind']}" if match["name"].startswith(match["short"][0]) else None


_FORMS = (
    _Form(("Bill ", "SB", "HB", "AB", ".B.", "H.R.", " S. "), _BILL, "initiatives.bill", _bill_name),
    _Form(
        ("esolution ", "UNSCR ", "Executive Order ", "Proposition ", "Title ", "Article ", "Section "),
        _NUMBERED,
        "initiatives.number",
        re.Match.group,
    ),
    _Form(("Article ", "Section ", "Title "), _PART_OF, "initiatives.number", lambda match: match["name"]),
    _Form(("Operation ",), _OPERATION, "initiatives.operation", re.Match.group),
    _Form(
        (" East ", " West ", " North ", " South ", " Africa ", " First "), _POLICY, "initiatives.policy", re.Match.group
    ),
    _Form(("Policy",), _NATIONAL, "initiatives.policy", re.Match.group),
    _Form(("Plan ",), _PLAN, "initiatives.plan", re.Match.group),
)
"""The forms that need none of the grammar's nouns."""
