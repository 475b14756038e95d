"""A small Wikidata that tests ask: persons, offices, bodies, a merged item, in the shapes of the real one."""


def item(qid: str, label: str, *types: str, also: str = "", **direct: str) -> str:
    """An item: its label, its classes (P31), and statements by property (``P17="wd:Q114"``)."""
    lines = [f'wd:{qid} rdfs:label "{label}"@en .', *(f"wd:{qid} wdt:P31 wd:{type} ." for type in types)]
    lines += [f"wd:{qid} wdt:{property} {value} ." for property, value in direct.items()]
    return "\n".join([*lines, also])


def day(value: str) -> str:
    """A value node: a time as precise as *value* is."""
    precision = {4: 9, 7: 10, 10: 11}[len(value)]
    time = (value + "-01-01")[:10]
    return f'[ wikibase:timeValue "{time}T00:00:00Z"^^xsd:dateTime ; wikibase:timePrecision {precision} ]'


def held(qid: str, office: str, start: str = "", end: str = "", rank: str = "Normal") -> str:
    """That somebody held an office (P39), with its qualifiers."""
    node = f"<http://www.wikidata.org/entity/statement/{qid}-{office}-{start}>"
    lines = [f"wd:{qid} p:P39 {node} . {node} ps:P39 wd:{office} ; wikibase:rank wikibase:{rank}Rank ."]
    if rank != "Deprecated":
        lines.append(f"wd:{qid} wdt:P39 wd:{office} .")
    lines += [f"{node} pqv:P580 {day(start)} ." if start else "", f"{node} pqv:P582 {day(end)} ." if end else ""]
    return "\n".join(lines)


def born(qid: str, value: str) -> str:
    """A birth date (P569)."""
    node = f"<http://www.wikidata.org/entity/statement/{qid}-born>"
    return f"wd:{qid} p:P569 {node} . {node} a wikibase:BestRank ; psv:P569 {day(value)} ."


ADA = item(
    "Q7001",
    "Ada Ewe",
    "Q5",
    P18="<http://commons.wikimedia.org/wiki/Special:FilePath/Ada%20Ewe%202014.jpg>",
    P102="wd:Q7301",
    P856="<https://ewe.example/>",
    P214='"113230702"',
    P227='"118540238"',
    P213='"0000000121032683"',
    P244='"n79021164"',
    P10632='"Q7001"',
    also='wd:Q7001 rdfs:label "Ада Эве"@ru, "Ada Ewe"@fr ; skos:altLabel "A. Ewe"@en ;'
    ' schema:description "Kenyan diplomat"@en, "diplomate kényane"@fr .'
    + born("Q7001", "1961-02-03")
    + held("Q7001", "Q7101", "2014", "2018-06-30")
    + held("Q7001", "Q7102", "2019-01-07")
    + held("Q7001", "Q7103", "1999", rank="Deprecated"),
)
WORLD = "\n".join(
    [
        ADA,
        item("Q7002", "Bo Yam", "Q5", also=born("Q7002", "1970") + held("Q7002", "Q7104", "2011-05-09")),
        item("Q7003", "Cy Elm", "Q5", also=held("Q7003", "Q7105", "2012-03", "2016")),
        item("Q7004", "Di Oak", "Q5", also=held("Q7004", "Q7106", "2010-01-01")),
        item("Q7009", "Ada Ewe and her time", "Q571"),
        item("Q7101", "Foreign Minister", "Q294414", P279="wd:Q7330070", P1001="wd:Q114"),
        item("Q7102", "National Security Advisor", "Q294414", P1001="wd:Q114"),
        item("Q7103", "Minister of Nothing", "Q294414", P279="wd:Q83307", P1001="wd:Q114"),
        item("Q7104", "President", "Q294414", P1001="wd:Q114"),
        item("Q7105", "Secretary General of the Reef Forum", "Q294414"),
        item("Q7106", "ambassador to Norway", "Q294414", P279="wd:Q7107", P1001="wd:Q114"),
        item("Q7107", "ambassador of a country to another", P279="wd:Q121998"),
        item("Q114", "Kenya", "Q6256", P1906="wd:Q7104", P17="wd:Q114"),
        item("Q7201", "Reef Forum", "Q7202", P2388="wd:Q7105"),
        item("Q7202", "forum of states", P279="wd:Q484652"),
        item("Q7203", "Ministry of Harbours", "Q7204", P17="wd:Q114"),
        item("Q7204", "ministry of Kenya", P279="wd:Q327333"),
        item("Q7205", "Reef Treaty", "Q131569"),
        item("Q7206", "Green Quays Programme", "Q22222786", P17="wd:Q114"),
        item("Q7301", "Quay Party", "Q7278"),
        item(
            "Q7401",
            "Ewe Harbour",
            "Q515",
            P17="wd:Q114",
            P1082="412000",
            P625='"Point(36.8172 -1.2864)"^^geo:wktLiteral',
            P1566='"184745"',
        ),
        "wd:Q7401 wdt:P1001 _:unknown .",
        "wd:Q7000 owl:sameAs wd:Q7001 .",
    ]
)
