"""The site: a SPARQL endpoint, linked data, and pages that work without JavaScript.

>>> from kg.web import create_app
>>> create_app.__name__
'create_app'

`create_app` is imported when it is first used, so that the settings can be read without Flask.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.web.app import create_app

__all__ = ["create_app"]


def __getattr__(name: str) -> Any:  # noqa: ANN401  # PEP 562: any attribute of the package
    if name != "create_app":
        raise AttributeError(f"module 'kg.web' has no attribute {name!r}")
    from kg.web.app import create_app

    return create_app
