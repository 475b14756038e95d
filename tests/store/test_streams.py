"""An event loop asks workers several small queries at a time; each is answered as if it were alone."""

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from kg.errors import KgError, QueryTimeout, QueryTooHeavy, TooBusy
from kg.store import DocumentWrite, open_store
from kg.store.request import QueryRequest
from kg.store.streams import Streams
from kg.store.workers import QueryWorkers

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no event loop of Windows watches pipes")

CSV = "text/csv"
MANY = " ".join(f"<urn:{number}>" for number in range(60))
ENDLESS = f"SELECT (COUNT(*) AS ?n) {{ {' '.join(f'VALUES ?{name} {{ {MANY} }}' for name in 'abcdefgh')} }}"
LARGE = f"SELECT * {{ {' '.join(f'VALUES ?{name} {{ {MANY} }}' for name in 'abcd')} }}"
FATAL = f"ASK {{ FILTER({'STR(' * 3000}1{')' * 3000}) }}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("streams") / "store"
    with open_store(path, mode="write") as store:
        store.put([DocumentWrite.of("urn:g", [], sha256="0", converter="test", source="here")])
    return path


@pytest.fixture(scope="module")
def workers(folder):
    workers = QueryWorkers(folder, size=2, limit=1 << 30)
    workers.warm()
    yield workers
    workers.close()


def in_a_loop(scenario):
    """Run *scenario* in an event loop of its own, in a thread of its own: a browser's tests keep one in this thread."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(asyncio.wait_for(scenario(), 30))).result()


def run(workers, scenario):
    """Run *scenario* in an event loop of its own, in which small queries were asked already."""

    async def prepared():
        streams = Streams(workers, asyncio.get_running_loop())
        for number in range(30):
            await answer(streams, small(number))
        while streams.pace >= 0.001:  # a busy machine may hold up a query now and then
            await answer(streams, small(0))
        result = await scenario(streams)
        while workers.load["kg_workers_idle"] < workers.load["kg_workers_started"]:  # all must be given back
            await asyncio.sleep(0.01)
        return result

    return in_a_loop(prepared)


def small(number):
    return f"SELECT ?n {{ BIND({number} AS ?n) }}"


def expected(number):
    return f"n\r\n{number}\r\n".encode()


async def answer(streams, text, **options):
    stream = await streams.open(QueryRequest(text, CSV, **options))
    pieces = []
    try:
        while not stream.ended:
            pieces += await stream.take()
    except KgError as error:
        return type(error)
    finally:
        stream.close()
    return b"".join(pieces)


async def answers(streams, texts):
    return await asyncio.gather(*(answer(streams, text) for text in texts))


def test_queries_that_come_together_each_get_their_own_answer(workers):
    found = run(workers, lambda streams: answers(streams, map(small, range(25))))
    assert found == list(map(expected, range(25)))


def test_what_waits_behind_a_slow_query_is_answered_by_another_worker(workers):
    async def scenario(streams):
        slow = await streams.open(QueryRequest(ENDLESS, CSV))
        found = await answers(streams, map(small, range(10)))
        slow.close()
        return found

    assert run(workers, scenario) == list(map(expected, range(10)))


def test_a_query_that_kills_its_process_takes_no_other_answer_with_it(workers):
    texts = [*map(small, range(4)), FATAL, *map(small, range(4, 8))]
    found = run(workers, lambda streams: answers(streams, texts))
    assert found == [*map(expected, range(4)), QueryTooHeavy, *map(expected, range(4, 8))]


def test_a_query_that_kills_its_process_is_asked_twice_at_most_whatever_comes_with_it(workers):
    async def scenario(streams):
        fatal = asyncio.create_task(answer(streams, FATAL))
        found = []
        while not fatal.done():
            found += await answers(streams, map(small, range(6)))
        return await fatal, len(found) % 6, set(found)

    replaced = workers.load["kg_workers_replaced"]
    assert run(workers, scenario) == (QueryTooHeavy, 0, set(map(expected, range(6))))
    assert workers.load["kg_workers_replaced"] <= replaced + 2


def test_a_query_that_takes_too_long_takes_no_other_answer_with_it(workers):
    async def scenario(streams):
        slow = asyncio.create_task(answer(streams, ENDLESS, timeout=0.3))
        await asyncio.sleep(0)
        return await answers(streams, map(small, range(6))), await slow

    replaced = workers.load["kg_workers_replaced"]
    assert run(workers, scenario) == (list(map(expected, range(6))), QueryTimeout)
    assert workers.load["kg_workers_replaced"] == replaced + 1  # it was asked once


def test_an_answer_that_nobody_takes_waits_and_holds_up_nobody(workers):
    async def scenario(streams):
        large = await streams.open(QueryRequest(LARGE, CSV))
        begun = await large.take()
        found = await answers(streams, map(small, range(10)))
        await asyncio.sleep(0.2)
        ahead = sum(map(len, await large.take()))
        large.close()
        return bool(begun), found, ahead

    begun, found, ahead = run(workers, scenario)
    assert begun
    assert found == list(map(expected, range(10)))
    assert ahead < 1 << 20


def test_an_answer_larger_than_what_may_wait_comes_whole(workers):
    found = run(workers, lambda streams: answer(streams, f"{LARGE} LIMIT 50000"))
    assert found.count(b"\r\n") == 50_001


def test_a_query_that_is_wrong_harms_none_of_those_beside_it(workers):
    found = run(workers, lambda streams: answers(streams, [small(1), "SELECT * {", small(2)]))
    assert found[0::2] == [expected(1), expected(2)]
    assert found[1].__name__ == "QueryError"


def test_one_client_can_not_have_all_workers_by_small_queries_either(workers):
    async def scenario(streams):
        slow = [await streams.open(QueryRequest(f"{ENDLESS} #{n}", CSV, client="192.0.2.1")) for n in range(4)]
        found = await asyncio.wait_for(answer(streams, small(7), client="192.0.2.2"), 5)
        for stream in slow:
            stream.close()
        return found

    assert run(workers, scenario) == expected(7)


def test_a_full_queue_is_said_at_once_and_a_closing_service_too(folder):
    workers = QueryWorkers(folder, size=1, waiting=1)

    async def scenario():
        streams = Streams(workers, asyncio.get_running_loop())
        running = await streams.open(QueryRequest(ENDLESS, CSV))
        waiting = asyncio.create_task(answer(streams, small(1)))
        await asyncio.sleep(0)
        with pytest.raises(TooBusy, match="queue is full"):
            await streams.open(QueryRequest(small(2), CSV))
        workers.retire()
        found = await waiting
        running.close()
        while workers.load["kg_workers_started"]:
            await asyncio.sleep(0.01)
        return found

    assert in_a_loop(scenario) is TooBusy
    workers.close()
