"""The SPARQL 1.1 Protocol and its answers' formats, without a web framework.

>>> from kg.sparql import RESULTS, choose, read_query
>>> read_query("GET", "query=ASK%20%7B%7D").text
'ASK {}'
>>> choose("text/csv, */*;q=0.1", RESULTS).media_type
'text/csv'
"""

from __future__ import annotations

from kg.sparql.description import Sizes, service_description, void_description
from kg.sparql.formats import GRAPHS, HTML, RESULTS, Format, choose, named
from kg.sparql.lookup import Lookup, read_lookup
from kg.sparql.outline import NOT_FEDERATED, Form, Outline, admit, outline, plain_form
from kg.sparql.problem import PROBLEM_JSON, Problem, hint
from kg.sparql.request import DIRECT_UPDATE, MAX_QUERY_BYTES, Query, Update, read_query, read_update

__all__ = [
    "DIRECT_UPDATE",
    "GRAPHS",
    "HTML",
    "MAX_QUERY_BYTES",
    "NOT_FEDERATED",
    "PROBLEM_JSON",
    "RESULTS",
    "Form",
    "Format",
    "Lookup",
    "Outline",
    "Problem",
    "Query",
    "Sizes",
    "Update",
    "admit",
    "choose",
    "hint",
    "named",
    "outline",
    "plain_form",
    "read_lookup",
    "read_query",
    "read_update",
    "service_description",
    "void_description",
]
