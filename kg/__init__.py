"""Government readouts as a knowledge graph: who met whom, when, where, on what, and the sentence that says so.

    >>> import kg
    >>> text = "President Ada Example of Kenya met with Prime Minister Bo Sample of Norway in Nairobi."
    >>> sorted(person.name for person in kg.extract(kg.readout(text)).people)
    ['Ada Example', 'Bo Sample']

Everything here is imported when it is first used, so that `import kg` costs nothing.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.extract import extract
    from kg.frames import read_dataframe
    from kg.rdf import to_rdf
    from kg.resolve import resolve
    from kg.sources import read, readout
    from kg.store import open_store
    from kg.web import create_app

__version__ = "0.1.0"
__all__ = ["create_app", "extract", "open_store", "read", "read_dataframe", "readout", "resolve", "to_rdf"]

_HOME = {
    "create_app": "kg.web",
    "extract": "kg.extract",
    "open_store": "kg.store",
    "read": "kg.sources",
    "read_dataframe": "kg.frames",
    "readout": "kg.sources",
    "resolve": "kg.resolve",
    "to_rdf": "kg.rdf",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401  # PEP 562: any attribute of the package
    if name not in _HOME:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


class _Package(ModuleType):
    def __setattr__(self, name: str, value: object) -> None:
        """Keep `kg.extract` the function: importing the module of that name would put the module in its place."""
        if not (name in _HOME and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
