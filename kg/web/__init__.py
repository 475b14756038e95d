"""The site: a SPARQL endpoint, linked data, and pages that work without JavaScript.

>>> from kg.web import create_app
>>> create_app.__name__
'create_app'
"""

from __future__ import annotations

from kg.web.app import create_app

__all__ = ["create_app"]
