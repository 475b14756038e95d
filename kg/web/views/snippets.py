"""Code to take away: the same question, asked from a shell, from Python and from R."""

from __future__ import annotations

__all__ = ["snippets"]

_QUERY = """\
PREFIX readout: <https://w3id.org/readout/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?name (COUNT(?meeting) AS ?encounters) WHERE {
  ?meeting readout:participant ?person .
  ?person rdfs:label ?name .
} GROUP BY ?name ORDER BY DESC(?encounters) LIMIT 10
"""
_CURL = """\
curl -s -H 'Accept: text/csv' --data-urlencode query@- {endpoint} <<'END'
{query}END
"""
_PYTHON = '''\
import csv, io, urllib.parse, urllib.request

query = """
{query}"""
data = urllib.parse.urlencode({{"query": query, "format": "csv"}}).encode()
with urllib.request.urlopen("{endpoint}", data) as answer:
    for row in csv.DictReader(io.TextIOWrapper(answer, encoding="utf-8")):
        print(row["name"], row["encounters"])
'''
_R = """\
library(httr2)

query <- '
{query}'
request("{endpoint}") |>
  req_body_form(query = query, format = "csv") |>
  req_perform() |>
  resp_body_string() |>
  read.csv(text = _)
"""


def snippets(endpoint: str) -> list[tuple[str, str]]:
    """Return (language, code) that asks *endpoint* whom the readouts name most."""
    return [
        (name, code.format(endpoint=endpoint, query=_QUERY))
        for name, code in (("curl", _CURL), ("Python", _PYTHON), ("R", _R))
    ]
