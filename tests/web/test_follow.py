"""Several servers over what one publishes: no request fails, and they agree in all they say."""

import http.client
import os
import threading
import time
from contextlib import ExitStack, closing
from urllib.parse import quote

from kg.store.snapshot import place_at, publish

COUNT = "/sparql?format=csv&query=" + quote(
    "SELECT (COUNT(?m) AS ?n) { ?m a <https://w3id.org/readout/ontology#Meeting> }"
)
PATHS = (COUNT, "/page/official/ada-nyberg", "/search?q=nyberg")


class Client:
    """Asks one server again and again, over one connection, and notes what it said."""

    def __init__(self, url):
        self.connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=20)
        self.statuses = set()
        self.said = set()
        self.stopped, self.ended = threading.Event(), threading.Event()

    def ask(self, path):
        self.connection.request("GET", path, headers={"Host": "readouts.example"})  # as a proxy before both would
        answer = self.connection.getresponse()
        body = answer.read()
        self.statuses.add(answer.status)
        return answer.headers["ETag"], body

    def run(self):
        while not self.stopped.wait(0.01):
            self.said.add(self.ask(COUNT))
        self.ended.set()

    def close(self):
        self.connection.close()


def test_servers_that_follow_drop_no_request_and_agree_while_states_go_by(tmp_path, write_days, serving, background):
    store, place = tmp_path / "store", place_at(str(tmp_path / "place"))
    write_days(store, "2021-03-01")
    publish(store, place)
    follow = ("--follow", place.name)
    environment = os.environ | {"KG_FOLLOW_EVERY": "0.1", "KG_WORKERS": "2", "KG_RATE": "0"}
    urls = [serving(tmp_path / name, *follow, env=environment).url for name in ("one", "two")]
    with ExitStack() as stack:
        hammers, clients = ([stack.enter_context(closing(Client(url))) for url in urls] for _ in range(2))
        for hammer in hammers:
            background(hammer.run)
        first, seen = agreed(clients, []), []
        for day in ("2022-04-02", "2023-05-03", "2024-06-04"):
            write_days(store, day)
            publish(store, place)
            seen.append(agreed(clients, [first, *seen]))
        for hammer in hammers:
            hammer.stopped.set()
            hammer.ended.wait(20)
    assert [answers[COUNT][1] for answers in seen] == [b"n\r\n2\r\n", b"n\r\n3\r\n", b"n\r\n4\r\n"]
    for hammer in hammers:
        assert hammer.statuses == {200}
        assert len(hammer.said) > 1
    tagged = [tag for tag, _ in set.union(*(hammer.said for hammer in hammers)) if tag]
    assert len(tagged) == len(set(tagged)), "a tag stands for one answer"


def agreed(clients, before):
    """What all say, once that is the same and new."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        first, second = ([client.ask(path) for path in PATHS] for client in clients)
        if first == second and dict(zip(PATHS, first, strict=True)) not in before:
            return dict(zip(PATHS, first, strict=True))
        time.sleep(0.05)
    raise AssertionError("they did not come to agree")
