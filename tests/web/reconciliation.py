"""What the Reconciliation Service API asks of answers: version 0.2, and the draft of 1.0.

A shape is a type, a list with the shape of each element, a set of shapes of which one fits, a pattern of a text, or a
mapping of members: a name that ends in ``?`` may be missing, ``*`` is any other name. No other member may be there.
"""

import re
from collections.abc import Mapping

NUMBER = frozenset((int, float))
ADDRESS = re.compile(r"https?://.+")
TIME = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?")
REFERENCE = {"id": str, "name?": str}

_CELL = (
    {},
    {"id": str, "name": str, "description?": str},
    {"str": str},
    {"float": NUMBER},
    {"int": int},
    {"date": TIME},
)
_META = [{"id": str, "name": str, "type?": REFERENCE, "service?": ADDRESS}]
_ABOUT = {
    "versions": [str],
    "name": str,
    "documentation?": ADDRESS,
    "logo?": ADDRESS,
    "serviceVersion?": str,
    "batchSize?": int,
    "authentication?": {"type": str, "name": str, "in": str},
}
_SERVICE = {"service_url": ADDRESS, "service_path": re.compile("/.+")}
SUGGESTED_ENTITIES = {
    "result": [{"id": str, "name": str, "description?": str, "notable?": [REFERENCE]}],
}
SUGGESTED = {"result": [{"id": str, "name": str, "description?": str}]}
PROPOSED = {
    "properties": [{"id": str, "name": str, "description?": str}],
    "type": str,
    "limit?": int,
}

OLD = {
    "manifest": _ABOUT
    | {
        "identifierSpace": ADDRESS,
        "schemaSpace": ADDRESS,
        "view": {"url": re.compile(r"https?://.*\{\{id\}\}.*")},
        "defaultTypes": [{"id": str, "name": str}],
        "preview": {"url": re.compile(r"https?://.*\{\{id\}\}.*"), "width": int, "height": int},
        "suggest": {"entity": _SERVICE, "property": _SERVICE, "type": _SERVICE},
        "extend": {"propose_properties": _SERVICE, "property_settings": [dict]},
    },
    "results": {
        "*": {
            "result": [
                {
                    "id": str,
                    "name": str,
                    "score": NUMBER,
                    "match?": bool,
                    "description?": str,
                    "type?": [REFERENCE],
                    "features?": [{"id": str, "value": NUMBER}],
                }
            ]
        }
    },
    "extension": {"meta": _META, "rows": {"*": {"*": [frozenset(range(len(_CELL)))]}}},
}
DRAFT = {
    "manifest": _ABOUT
    | {
        "identifierSpace?": ADDRESS,  # the draft no longer has them; OpenRefine keeps its judgements under them
        "schemaSpace?": ADDRESS,
        "view": {"url": re.compile(r"https?://[^{}]*\{\+?id\}[^{}]*")},
        "defaultTypes": [{"id": str, "name": str, "broader?": [REFERENCE]}],
        "preview": {"width": int, "height": int},
        "suggest": {"entity": bool, "property": bool, "type": bool},
        "extend": {"proposeProperties": bool, "propertySettings": [dict]},
        "standardizedScore": bool,
        "lang": str,
    },
    "results": {
        "results": [
            {
                "candidates": [
                    {
                        "id": str,
                        "name": str,
                        "type": [REFERENCE],
                        "match": bool,
                        "score?": NUMBER,
                        "description?": str,
                        "features?": [{"id": str, "name": str, "value": NUMBER}],
                    }
                ]
            }
        ]
    },
    "extension": {
        "meta": _META,
        "rows": [{"id": str, "properties": [{"id": str, "values": [frozenset(range(len(_CELL)))]}]}],
    },
}


def faults(value, shape, where="answer"):
    """Yield what is wrong with *value*."""
    if isinstance(shape, frozenset):
        choices = [_CELL[each] if isinstance(each, int) else each for each in shape]
        if all(list(faults(value, each)) for each in choices):
            yield f"{where}: {value!r} is none of what it may be"
    elif isinstance(shape, type):
        if not isinstance(value, shape) or (isinstance(value, bool) and shape is not bool):
            yield f"{where}: {value!r} is no {shape.__name__}"
    elif isinstance(shape, re.Pattern):
        if not isinstance(value, str) or not shape.fullmatch(value):
            yield f"{where}: {value!r} is not {shape.pattern}"
    elif isinstance(shape, list):
        if not isinstance(value, list):
            yield f"{where}: {value!r} is no array"
            return
        for number, each in enumerate(value):
            yield from faults(each, shape[0], f"{where}[{number}]")
    else:
        yield from _of_members(value, shape, where)


def _of_members(value, shape, where):
    if not isinstance(value, Mapping):
        yield f"{where}: {value!r} is no object"
        return
    known = {name.removesuffix("?"): each for name, each in shape.items()}
    yield from (f"{where}: has no {name}" for name in shape if name[-1] not in "?*" and name not in value)
    for name, each in value.items():
        if name not in known and "*" not in known:
            yield f"{where}: has a {name}"
        else:
            yield from faults(each, known.get(name, known.get("*")), f"{where}.{name}")
