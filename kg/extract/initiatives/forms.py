"""Initiatives whose form alone tells them: numbered laws and resolutions, operations, policies, quoted names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from kg.extract.initiatives.gather import Found
from kg.model import Mention, Span

__all__ = ["found_by_apposition", "found_by_form"]

_BILL = re.compile(
    r"(?<![(])\b(?:(?P<state>[A-Z][a-z]+(?: [A-Z][a-z]+)?)(?:[’']s?)?(?: law)? )?"
    r"(?P<bill>(?:Senate|House|Assembly) Bill \d+|(?:SB|HB|AB|S\.B\.|H\.B\.|H\.R\.) ?\d+|S\. \d{3,4})\b"
)
_NUMBERED = re.compile(
    r"\b(?:(?:UN|United Nations|U\.N\.|UNSC|Security Council|UN Security Council|United Nations Security Council) )*"
    r"(?:Resolution|UNSCR|Executive Order|Proposition|Title|Article) (?:\d+|[IVX]+\b)(?! of (?:the|our|its|their) )"
    r"|\bSection \d{3}\b(?! of the )"
)
_PART_OF = re.compile(
    r"\b(?:Article|Section|Title) (?:\d+|[IVX]+) of (?:our|the|its|their) (?P<name>(?:[a-z-]+ ){0,2}[a-z]+\b)(?! [A-Z])"
)
_OPERATION = re.compile(r"\bOperation (?!(?:The|This|In|On|At)\b)[A-Z][A-Za-z]+(?: [A-Z][A-Za-z]+)?\b")
_POLICY = re.compile(
    r"\b(?:(?:Look|Act|Link|Go) (?:East|West|North|South|Africa)|(?!The )[A-Z][a-z]+(?: [A-Z][a-z]+)? First) "
    r"(?:[Pp]olicy|[Aa]pproach|[Aa]genda)\b"
)
_PLAN = re.compile(
    r"(?<![A-Z]\w )\bPlan (?!International\b|Of\b|For\b|To\b|And\b|B\b)"
    r"(?:[A-Z]{3,}|[A-Z][a-zà-ÿ]{3,})\b(?! [A-Z])"
)
_NAMED = re.compile(
    r"\b(?P<kind>initiative|programme|program|project|campaign|strategy) [“\"](?P<name>[A-Z][^”\"]{4,90}?),?[”\"]"
)
_SHORTENED = re.compile(
    r"(?P<name>(?:(?!The |In |On |Through )[A-Z][\w’-]+ (?:(?:of|for|and|the|in|on) )*){2,8})"
    r"\((?P<short>[A-Z]{3,8})(?: [A-Z]\w+)?\) "
    r"(?P<kind>program(?:me)?|initiative|scheme|project|coalition|partnership|network|instrument)\b"
)
_QUOTED = re.compile(
    r"[“\"](?P<name>[A-Z][^”\"]{4,90}?),?[”\"] (?:[a-z]+ ){0,2}"
    r"(?P<kind>Executive Order|Act|[Ii]nitiative|[Pp]rogram(?:me)?|campaign|strategy|scheme|policy|agenda|doctrine|"
    r"fund)\b"
)
_APPOSITION = re.compile(
    r"(?: [(][A-Z]\w+[)])?, (?:which is )?(?:an?|the|our|its|their|(?:the )?[A-Z]\w+[’']s) (?:[\w’-]+ ){0,3}"
    r"(?:[Pp]rogram(?:me)?|[Ii]nitiative|scheme|platform|project|campaign|partnership|fund|strategy|plan|network)\b"
)
_NAME_BEFORE = re.compile(r"\b[A-Z][\w+-]*(?: (?:for |of |and |the )?[A-Z][\w+-]*){0,6}$")
_NO_NAME = frozenset({"The", "This", "These", "It", "In", "On", "For", "And", "Also", "Today"})


def found_by_apposition(text: str) -> Iterator[Found]:
    """Yield the names that are explained: "*FreshPort* (FP), a pilot programme"; some of them are bodies."""
    for match in _APPOSITION.finditer(text):
        before = _NAME_BEFORE.search(text, max(match.start() - 90, 0), match.start())
        if before and before.group().split()[0] not in _NO_NAME:
            span = Span(before.start(), before.end())
            yield Found(span, before.group(), Mention(span, "initiatives.apposed", 0.8))


def found_by_form(text: str) -> Iterator[Found]:
    """Yield what a form of name tells to be an initiative, wherever it stands in *text*."""
    for signs, pattern, rule, name_of in _FORMS:
        for match in pattern.finditer(text) if any(sign in text for sign in signs) else ():
            if name := name_of(match):
                span = Span(match.start(), match.end())
                yield Found(span, name, Mention(span, rule, 0.85))


def _bill_name(match: re.Match[str]) -> str:
    return " ".join(part for part in match.group("state", "bill") if part)


def _quoted_name(match: re.Match[str]) -> str:
    name, kind = match.group("name", "kind")
    return f"{kind} on {name}" if kind == "Executive Order" else f"{name} {kind}"


def _shortened_name(match: re.Match[str]) -> str | None:
    """Return the name without its abbreviation, if the letters in brackets are initials of the words before them."""
    initials = "".join(word[0] for word in match["name"].replace("-", " ").split() if word[0].isupper())
    abbreviates = initials.startswith(match["short"][0]) and set(match["short"]) <= set(initials)
    return f"{match['name']}{match['kind']}" if abbreviates else None


_FORMS: tuple[tuple[tuple[str, ...], re.Pattern[str], str, Callable[[re.Match[str]], str | None]], ...] = (
    (("Bill ", "SB", "HB", "AB", ".B.", "H.R.", " S. "), _BILL, "initiatives.bill", _bill_name),
    (
        ("Resolution ", "UNSCR ", "Executive Order ", "Proposition ", "Title ", "Article ", "Section "),
        _NUMBERED,
        "initiatives.number",
        re.Match.group,
    ),
    (("Article ", "Section ", "Title "), _PART_OF, "initiatives.number", lambda match: match["name"]),
    (("Operation ",), _OPERATION, "initiatives.operation", re.Match.group),
    (("policy", "Policy", "pproach", "genda"), _POLICY, "initiatives.policy", re.Match.group),
    (("“", '"'), _QUOTED, "initiatives.quoted", _quoted_name),
    (("“", '"'), _NAMED, "initiatives.quoted", lambda match: match["name"]),
    (("Plan ",), _PLAN, "initiatives.plan", re.Match.group),
    (
        (") program", ") initi", ") scheme", ") project", ") coal", ") part", ") network", ") instr"),
        _SHORTENED,
        "initiatives.shortened",
        _shortened_name,
    ),
)
"""Forms of names, each with pieces of text of which one must be there: to look for them is cheaper."""
