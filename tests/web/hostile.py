"""A corpus of hostile queries: by name, the text. None of them may end the server or another client's answer.

Those marked by `unseen` pass the look at the query's words, so that it is the worker which has to die for them.
"""

P = "<urn:p>"
CROSS = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"
WIDE = "(!<urn:x>)"
BOTH = f"({WIDE}|^{WIDE})"


def nested(left, right, depth, core=""):
    return left * depth + core + right * depth


def deep(depth):
    """Every construct that can be nested, *depth* times."""
    return {
        "braces": "ASK " + nested("{", "}", depth),
        "parentheses": f"SELECT ({nested('(', ')', depth, '1')} AS ?x) {{}}",
        "str": f"SELECT ({nested('STR(', ')', depth, '1')} AS ?x) {{}}",
        "if": f"SELECT ({nested('IF(true,', ',1)', depth, '1')} AS ?x) {{}}",
        "coalesce": f"SELECT ({nested('COALESCE(', ')', depth, '1')} AS ?x) {{}}",
        "concat": f"SELECT ({nested('CONCAT(1,', ')', depth, '1')} AS ?x) {{}}",
        "not": f"ASK {{ FILTER({'!' * depth}true) }}",
        "minus signs": f"ASK {{ FILTER({'- ' * depth}1) }}",
        "in": f"ASK {{ FILTER({nested('1 IN (', ')', depth, '1')}) }}",
        "exists": "ASK " + nested("{ FILTER EXISTS ", "}", depth, "{}"),
        "not exists": "ASK " + nested("{ ?s ?p ?o FILTER NOT EXISTS ", "}", depth, "{}"),
        "optional": "ASK " + nested("{ OPTIONAL ", "}", depth, "{}"),
        "optional with patterns": "ASK " + nested("{ ?s ?p ?o OPTIONAL ", "}", depth, "{}"),
        "minus": "ASK " + nested("{ ?s ?p ?o MINUS ", "}", depth, "{}"),
        "union": "ASK " + nested("{ {} UNION ", "}", depth, "{}"),
        "graph": "ASK " + nested("{ GRAPH ?g ", "}", depth, "{}"),
        "subselect": "ASK " + nested("{ SELECT * ", "}", depth, "{}"),
        "aggregating subselect": "ASK " + nested("{ SELECT (COUNT(*) AS ?n) ", "}", depth, "{}"),
        "list": f"ASK {{ ?s ?p {nested('(', ')', depth, '1')} }}",
        "blank node": f"ASK {{ ?s ?p {nested('[ ?p ', ']', depth, '1')} }}",
        "path": f"ASK {{ ?s {nested('(', ')', depth, P)} ?o }}",
        "starred path": f"ASK {{ ?s {nested('(', ')*', depth, P)} ?o }}",
        "inverse path": f"ASK {{ ?s {nested('^(', ')', depth, P)} ?o }}",
        "triple term": f"ASK {{ ?s ?p {nested('<<( ?s ?p ', ' )>>', depth, '1')} }}",
        "lateral": "ASK " + nested("{ LATERAL ", "}", depth, "{}"),
    }


def flat(length):
    """Every construct that can be repeated, *length* times."""
    return {
        "sum": "SELECT (1" + "+1" * length + " AS ?x) {}",
        "product": "SELECT (1" + "*1" * length + " AS ?x) {}",
        "or": "ASK { FILTER(true" + "||true" * length + ") }",
        "and": "ASK { FILTER(true" + "&&true" * length + ") }",
        "unions": "ASK { {}" + " UNION {}" * length + " }",
        "groups": "ASK {" + " {}" * length + " }",
        "optionals": "ASK {" + " OPTIONAL {}" * length + " }",
        "filters": "ASK {" + " FILTER(true)" * length + " }",
        "binds": "ASK {" + " ".join(f"BIND(1 AS ?v{n})" for n in range(length)) + " }",
        "path steps": f"ASK {{ ?s {'/'.join([P] * length)} ?o }}",
        "path alternatives": f"ASK {{ ?s {'|'.join([P] * length)} ?o }}",
        "patterns in a chain": "ASK {" + " ".join(f"?v{n} {P} ?v{n + 1} ." for n in range(length)) + " }",
        "patterns in a star": "ASK {" + " ".join(f"?s {P} ?v{n} ." for n in range(length)) + " }",
        "objects": f"ASK {{ ?s {P} " + ", ".join(f"?v{n}" for n in range(length)) + " }",
        "list members": "ASK { ?s ?p (" + " 1" * length + ") }",
        "subselects": "ASK {" + " { SELECT * {} }" * length + " }",
        "projections": "SELECT " + " ".join(f"(1 AS ?v{n})" for n in range(length)) + " {}",
        "order keys": "SELECT * { ?s ?p ?o } ORDER BY" + " STR(?s)" * length,
        "group keys": "SELECT (1 AS ?x) { ?s ?p ?o } GROUP BY" + " ?s" * length,
    }


RUNAWAY = {
    "count of a cross product": f"SELECT (COUNT(*) AS ?n) {{ {CROSS} }}",
    "order of a cross product": f"SELECT * {{ {CROSS} }} ORDER BY ?l ?c",
    "distinct of a cross product": f"SELECT DISTINCT * {{ {CROSS} }}",
    "distinct count of a cross product": f"SELECT (COUNT(DISTINCT *) AS ?n) {{ {CROSS} }}",
    "groups of a cross product": f"SELECT ?a ?d ?g (COUNT(*) AS ?n) {{ {CROSS} }} GROUP BY ?a ?d ?g ?j",
    "rows of a cross product": f"SELECT * {{ {CROSS} }}",
    "graph of a cross product": f"CONSTRUCT {{ ?a ?e ?l }} WHERE {{ {CROSS} }}",
    "descriptions of a cross product": f"DESCRIBE ?a ?d ?g ?j WHERE {{ {CROSS} }}",
    "truth of a cross product": f"ASK {{ {CROSS} FILTER(STR(?a) = 'none') }}",
    "offset into a cross product": f"SELECT * {{ {CROSS} }} OFFSET 1000000000000 LIMIT 1",
    "random order of a cross product": f"SELECT * {{ {CROSS} }} ORDER BY RAND()",
    "fresh nodes of a cross product": f"SELECT (BNODE() AS ?x) (STRUUID() AS ?y) {{ {CROSS} }}",
    "hashes of a cross product": f"SELECT (MAX(SHA512(CONCAT(STR(?a),STR(?d),STR(?l)))) AS ?x) {{ {CROSS} }}",
    "one long string": f"SELECT (GROUP_CONCAT(CONCAT(STR(?a),STR(?d),STR(?g))) AS ?x) {{ {CROSS} }}",
    "sample of a cross product": f"SELECT (SAMPLE(?a) AS ?x) (AVG(STRLEN(STR(?l))) AS ?y) {{ {CROSS} }}",
    "optional cross product": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c OPTIONAL { ?d ?e ?f"
    " OPTIONAL { ?g ?h ?i OPTIONAL { ?j ?k ?l }}}}",
    "minus of cross products": f"SELECT (COUNT(*) AS ?n) {{ {CROSS} MINUS {{ ?l ?k ?j . ?i ?h ?g }} }}",
    "correlated exists": f"SELECT (COUNT(*) AS ?n) {{ {CROSS} FILTER EXISTS {{ ?l ?x ?y . ?z ?c ?y }} }}",
    "self joins": "SELECT (COUNT(*) AS ?n) {" + " ".join(f"?s{n} ?p ?o{n} ." for n in range(8)) + "}",
    "union of itself": "SELECT (COUNT(*) AS ?n) {"
    + " ".join("{ ?s ?p ?o } UNION { ?o ?p ?s }" for _ in range(12))
    + "}",
    "values product": "SELECT (COUNT(*) AS ?n) {" + " ".join(f"VALUES ?v{n} {{{' 1' * 100}}}" for n in range(8)) + "}",
    "doubled string": "SELECT (STRLEN(?v33) AS ?n) { BIND('0123456789' AS ?v0)"
    + " ".join(f"BIND(CONCAT(?v{n},?v{n}) AS ?v{n + 1})" for n in range(33))
    + "}",
    "replaced string": "SELECT (STRLEN(?v5) AS ?n) { BIND('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' AS ?v0)"
    + " ".join(f"BIND(REPLACE(?v{n},'a',CONCAT(?v{n},?v0)) AS ?v{n + 1})" for n in range(5))
    + "}",
    "encoded string": "SELECT (STRLEN(?v20) AS ?n) { BIND('ééééééééééééééééé' AS ?v0)"
    + " ".join(f"BIND(ENCODE_FOR_URI(CONCAT(?v{n},?v{n})) AS ?v{n + 1})" for n in range(20))
    + "}",
    "any path": f"SELECT (COUNT(*) AS ?n) {{ ?a {WIDE}* ?b . ?c {WIDE}* ?d . ?e {WIDE}* ?f }}",
    "nested stars": f"SELECT (COUNT(*) AS ?n) {{ ?a (({WIDE}*)*)* ?b . ?c (({WIDE}+)*)+ ?d . ?e (({WIDE}*)*)* ?f }}",
    "there and back": f"SELECT (COUNT(*) AS ?n) {{ ?a {BOTH}* ?b . ?c {BOTH}+ ?d . ?e {BOTH}* ?f }}",
    "path products": f"SELECT (COUNT(*) AS ?n) {{ ?a {'/'.join([BOTH] * 12)} ?b }}",
    "backtracking expression": "SELECT * { FILTER REGEX('" + "a" * 30_000 + "!', '(a+)+$') }",
    "counted expression": "SELECT * { ?s ?p ?o FILTER REGEX(STR(?o), '((a{1,1000}){1,1000}){1,1000}') }",
    "an expression for each row": f"SELECT * {{ {CROSS} FILTER REGEX(STR(?a), CONCAT('(', STR(?l), '|.*){{1,50}}')) }}",
    "big numbers": "SELECT (" + "*".join(["9999999999999999"] * 200) + " AS ?x) {}",
    "dates": "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>"
    f"SELECT (COUNT(*) AS ?n) {{ {CROSS} FILTER(xsd:dateTime(STR(?c)) < NOW()) }}",
}
STRANGE = {
    "nothing": "",
    "blanks": " \n\t" * 10_000,
    "a comment": "#" + "x" * 60_000,
    "an open string": "ASK { ?s ?p '" + "x" * 60_000,
    "an open long string": "ASK { ?s ?p '''" + "x" * 60_000,
    "an open IRI": "ASK { <http://a.example/" + "x" * 60_000,
    "a long IRI": "ASK { <http://a.example/" + "x" * 60_000 + "> ?p ?o }",
    "a long literal": "SELECT ('" + "x" * 60_000 + "' AS ?x) {}",
    "a long name": "SELECT ?" + "x" * 60_000 + " {}",
    "many prefixes": "".join(f"PREFIX p{n}: <urn:{n}>\n" for n in range(3000)) + "ASK {}",
    "many names": "SELECT * { VALUES (" + " ".join(f"?v{n}" for n in range(2000)) + ") { (" + " 1" * 2000 + ") } }",
    "nul": "ASK { ?s ?p '\0' }",
    "a byte order mark": "\ufeffASK {}",
    "half a character": "SELECT ('\\uD800' AS ?x) {}",
    "beyond Unicode": "SELECT ('\\U7FFFFFFF' AS ?x) {}",
    "control characters": "ASK {} # \x1b[2J\r\nX: y\n",
    "closing brackets": "}" * 60_000,
    "opening brackets": "{" * 60_000,
    "all brackets": "([{<" * 15_000,
    "quotes": "'\"" * 30_000,
    "marks": "?$@:_.^^|/*+!" * 4000,
    "an update": "DELETE WHERE { ?s ?p ?o }",
    "an update behind a query": "ASK {} ; DROP ALL",
    "a drop": "DROP SILENT ALL",
    "a function of Jena's": "PREFIX f: <http://jena.apache.org/ARQ/function#> SELECT (f:now() AS ?x) {}",
    "a Java function": "SELECT (<java:java.lang.System.exit>(1) AS ?x) {}",
}


def reaching_out(address):
    """Ways to make the server fetch *address*."""
    return {
        "service": f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}",
        "silent service": f"SELECT * {{ SERVICE SILENT <{address}> {{ ?s ?p ?o }} }}",
        "service in small letters": f"SELECT * {{ service#c\n<{address}> {{ ?s ?p ?o }} }}",
        "service by variable": f"SELECT * {{ BIND(<{address}> AS ?x) SERVICE ?x {{ ?s ?p ?o }} }}",
        "service by prefix": f"PREFIX : <{address}> SELECT * {{ SERVICE: {{ ?s ?p ?o }} }}",
        "service behind less than": f"ASK {{ FILTER(1<2)SERVICE#>\n<{address}>{{}} }}",
        "service behind a quote": f"ASK {{ FILTER(1<'>')SERVICE<{address}>{{}} # '\n}}",
        "service in exists": f"ASK {{ FILTER EXISTS {{ SERVICE <{address}> {{ ?s ?p ?o }} }} }}",
        "service in a subselect": f"ASK {{ {{ SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }} }} }}",
        "from": f"SELECT * FROM <{address}> {{ ?s ?p ?o }}",
        "from named": f"SELECT * FROM NAMED <{address}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        "graph": f"SELECT * {{ GRAPH <{address}> {{ ?s ?p ?o }} }}",
        "load": f"LOAD <{address}>",
        "silent load": f"LOAD SILENT <{address}> INTO GRAPH <urn:g>",
    }


def corpus(address):
    """Every query of this page, by a name that is unique."""
    groups = {
        "refused depth": deep(1400),
        "allowed depth": deep(48),
        "refused length": flat(1400),
        "allowed length": flat(240),
        "runaway": RUNAWAY,
        "strange": STRANGE,
        "reaching out": reaching_out(address),
    }
    return {f"{group}: {name}": text for group, texts in groups.items() for name, text in texts.items()}
