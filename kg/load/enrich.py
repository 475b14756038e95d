"""Facts of Wikidata beside our own, in a graph that says when and from where they were had.

The graph ``<base>graph/wikidata/<day>`` is about our own entities, those of which a link says which item they are. Each
fact is written in a term that others use: see `facts` and ``docs/linking.md``. Wikidata's facts are free (CC0); the
portraits that it names have licences of their own, so they are named and never copied.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import cast
from urllib.parse import quote, unquote

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from kg.link.claims import BORN, HELD, Claim
from kg.store import DocumentWrite, Store
from kg.vocab import BASE, DCTERMS, FOAF, GEO, ORG, OWL, RDF, RDFS, SCHEMA, SKOS, WDT, WIKIDATA, XSD

__all__ = ["Read", "Unfit", "facts", "facts_about", "linked_items", "write_facts"]

LICENCE = NamedNode("https://creativecommons.org/publicdomain/zero/1.0/")
_COMMONS = "https://commons.wikimedia.org/wiki/Special:FilePath/"
_POINT = re.compile(r"Point\((-?\d+(?:\.\d+)?(?:[eE]-?\d+)?) (-?\d+(?:\.\d+)?(?:[eE]-?\d+)?)\)", re.IGNORECASE)
_ITEM = re.compile(r"Q[1-9]\d*")
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_IDENTIFIERS = {
    "P214": (re.compile(r"[1-9]\d{1,21}"), "http://viaf.org/viaf/{}"),
    "P227": (re.compile(r"\d[\d-]{2,10}[\dX]"), "https://d-nb.info/gnd/{}"),
    "P213": (re.compile(r"\d{15}[\dX]"), "https://isni.org/isni/{}"),
    "P244": (re.compile(r"n[a-z]?\d{8,10}"), "http://id.loc.gov/authorities/names/{}"),
    "P1566": (re.compile(r"[1-9]\d{0,8}"), "https://sws.geonames.org/{}/"),
    "P10632": (re.compile(r"[A-Za-z0-9-]+"), "https://www.opensanctions.org/entities/{}/"),
}
"""Other data sets: what their identifiers look like, and the IRIs that they give to what these identify."""
_SORTS = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}

Read = Callable[[Collection[str]], Iterable[Claim]]
"""Yields what a source says about items."""
Unfit = Callable[[str], None]
"""Is told, in a line, what was left out and why."""


def linked_items(store: Store, base: str = BASE) -> dict[str, str]:
    """Return the item of each entity of a store, by its IRI, that a person confirmed or the machine accepted."""
    query = f"""SELECT ?entity ?item WHERE {{ GRAPH ?g {{ ?entity ?same ?item }}
        VALUES ?g {{ <{base}graph/links> <{base}graph/judgements> }} VALUES ?same {{ {OWL.sameAs} {SKOS.exactMatch} }}
        FILTER (STRSTARTS(STR(?item), "{WIKIDATA}")) }} ORDER BY ?entity ?item"""
    rows = (cast(tuple[NamedNode, NamedNode], row) for row in store.query(query).rows())
    found = ((entity.value, item.value.removeprefix(WIKIDATA)) for entity, item in rows)
    return {entity: qid for entity, qid in found if _ITEM.fullmatch(qid)}


def facts_about(items: Mapping[str, str], read: Read, languages: Sequence[str], unfit: Unfit) -> list[Triple]:
    """Return what claims say of entities.

    Args:
        items: the item of each entity, by its IRI.
        read: yields the claims about the items that it is given; also asked for the names of offices and parties.
        languages: in which of them these names are wanted, the best first.
        unfit: is told of values that are none.
    """
    known: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in read(set(items.values())):
        known[claim.qid].append(claim)
    values = {claim.value for claims in known.values() for claim in claims if claim.property in {HELD, "P102"}}
    others = set(filter(_ITEM.fullmatch, values))
    called = {
        (claim.qid, claim.language): claim.value
        for claim in (read(others) if others else ())
        if claim.property == "label"
    }
    names = {qid: called[qid, tag] for tag in reversed(("", *languages)) for qid in others if (qid, tag) in called}
    return [
        triple for entity, qid in sorted(items.items()) for triple in facts(entity, known.get(qid, ()), names, unfit)
    ]


def facts(entity: str, claims: Iterable[Claim], names: Mapping[str, str], unfit: Unfit) -> Iterator[Triple]:
    """Yield what *claims* about one item say of *entity*, an IRI.

    Names are skos:prefLabel, not rdfs:label: our own label stays the one. A term of office is an org:Membership with
    org:role, schema:startDate and schema:endDate; it is no readout:Holding, which a sentence of a readout supports.

    Args:
        entity: the IRI of our entity.
        claims: about its item.
        names: of offices and parties, by their ids.
        unfit: is told of values that are none.
    """
    node = NamedNode(entity)
    for claim in claims:
        try:
            yield from _of_claim(node, claim, names)
        except ValueError as error:
            unfit(f"{claim.qid} {claim.property} {claim.value!r}: {error}")


def _of_claim(node: NamedNode, claim: Claim, names: Mapping[str, str]) -> Iterator[Triple]:
    value = claim.value
    match claim.property:
        case "label" | "description":
            property = SKOS.prefLabel if claim.property == "label" else SCHEMA.description
            yield Triple(node, property, Literal(value, language=claim.language) if claim.language else Literal(value))
        case "P18":
            yield Triple(node, SCHEMA.image, NamedNode(_portrait(value)))
        case "P625":
            longitude, latitude = _point(value)
            yield Triple(node, GEO.lat, Literal(latitude, datatype=XSD.decimal))
            yield Triple(node, GEO.long, Literal(longitude, datatype=XSD.decimal))
        case "P856":
            yield Triple(node, FOAF.homepage, NamedNode(_matched(_ADDRESS, value, "no address of the web")))
        case "P102":
            yield Triple(node, WDT.P102, _named_item(value))
            yield from _name(value, names)
        case _ if claim.property == BORN:
            yield Triple(node, SCHEMA.birthDate, _day(value))
        case _ if claim.property == HELD:
            yield from _term(node, claim, names)
        case _ if claim.property in _IDENTIFIERS:
            pattern, iri = _IDENTIFIERS[claim.property]
            identifier = _matched(pattern, value.replace(" ", ""), "no such identifier")
            yield Triple(node, SKOS.exactMatch, NamedNode(iri.format(identifier)))


def _term(person: NamedNode, claim: Claim, names: Mapping[str, str]) -> Iterator[Triple]:
    office = _named_item(claim.value)
    node = NamedNode("/".join(filter(None, (f"{person.value}/held", claim.value, claim.start or claim.end))))
    yield Triple(node, RDF.type, ORG.Membership)
    yield Triple(node, ORG.member, person)
    yield Triple(node, ORG.role, office)
    for property, day in ((SCHEMA.startDate, claim.start), (SCHEMA.endDate, claim.end)):
        if day:
            yield Triple(node, property, _day(day))
    yield from _name(claim.value, names)


def _name(qid: str, names: Mapping[str, str]) -> Iterator[Triple]:
    if name := names.get(qid):
        yield Triple(_named_item(qid), RDFS.label, Literal(name))


def _named_item(qid: str) -> NamedNode:
    return NamedNode(WIKIDATA + _matched(_ITEM, qid, "no Wikidata id"))


def _portrait(value: str) -> str:
    """Return the address of a file of Commons, given by its name or by an address."""
    name = unquote(value.rsplit("/", 1)[-1]).strip().replace(" ", "_")
    return _COMMONS + quote(name)


def _point(value: str) -> tuple[str, str]:
    found = _POINT.fullmatch(value)
    if not found or abs(float(found[1])) > 180 or abs(float(found[2])) > 90:
        raise ValueError("no point on earth")
    return f"{float(found[1]):.6f}", f"{float(found[2]):.6f}"


def _day(value: str) -> Literal:
    from kg.link.rows import day

    if day(value) is None:
        raise ValueError("no date")
    return Literal(value, datatype=_SORTS[len(value)])


def _matched(pattern: re.Pattern[str], value: str, fault: str) -> str:
    if not pattern.fullmatch(value):
        raise ValueError(fault)
    return value


def write_facts(
    store: Store, triples: Iterable[Triple], when: date, source: str, base: str = BASE, *, keep: bool = False
) -> int:
    """Put facts into the graph of the day *when*, in the place of what it had; return how many statements that is.

    Graphs of other days go, unless they are to *keep*: what Wikidata has mended should not stay beside the mended.

    Args:
        store: open to be written.
        triples: from `facts`.
        when: the day on which Wikidata was asked, or of the file.
        source: the address of the endpoint, or the name of the file.
        base: what our IRIs begin with.
        keep: leave the graphs of other days.
    """
    graph = f"{base}graph/wikidata/{when}"
    known = dict.fromkeys(triples)
    others = [name for name in store.journal() if name.startswith(f"{base}graph/wikidata/") and name != graph]
    if known:
        about = [*known, *_provenance(NamedNode(graph), when, source)]
        digest = sha256(b"".join(sorted((serialize(about, format=RdfFormat.N_TRIPLES) or b"").splitlines())))
        write = DocumentWrite.of(
            graph, about, sha256=digest.hexdigest(), converter="kg enrich", source=source, id=f"wikidata/{when}"
        )
        if (old := store.journal().get(graph)) is None or old.key != write.key:
            store.put([write])
    if others and not keep:
        store.delete(others)
    return len(known)


def _provenance(graph: NamedNode, when: date, source: str) -> Iterator[Triple]:
    yield Triple(graph, RDFS.label, Literal(f"Facts of Wikidata, {when}", language="en"))
    yield Triple(graph, DCTERMS.license, LICENCE)
    yield Triple(graph, DCTERMS.created, Literal(when.isoformat(), datatype=XSD.date))
    yield Triple(graph, DCTERMS.publisher, Literal("Wikidata"))
    is_address = _ADDRESS.fullmatch(source)
    yield Triple(graph, DCTERMS.source, NamedNode(source) if is_address else Literal(source))
