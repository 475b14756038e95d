"""Whose turn it is: a bounded queue before workers of which there are few, that no client can keep from the others."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping

from kg.errors import TooBusy
from kg.store.process import Worker

__all__ = ["Turn", "Turns"]


class Turn:
    """A place in the queue of *client*. `ready` is called once its turn has come, or never will.

    `small`: it may be handed to a worker that has others to do before it. Once the turn is `granted`, `worker` is the
    one to take, or None where one must be started.
    """

    def __init__(self, client: str | None, *, small: bool = False) -> None:
        self.client, self.small = client, small
        self.granted = False
        self.worker: Worker | None = None

    def ready(self) -> None:
        """Tell whoever waits, from any thread, and without waiting for anything."""
        raise NotImplementedError


class Turns:
    """The queue, and the workers that have nothing to do (`idle`). Threads may share it.

    Args:
        size: how many workers there may be.
        waiting: how many may wait for one.
    """

    def __init__(self, size: int, waiting: int) -> None:
        self._size, self._waiting = size, waiting
        self._lock = threading.Lock()
        self._queue: list[Turn] = []
        self._running: Counter[str | None] = Counter()
        self._started = self._replaced = 0
        self.idle: list[Worker] = []
        self.retired = False

    @property
    def load(self) -> Mapping[str, float]:
        """Workers that are there and that have nothing to do, queries that wait, and workers that were replaced."""
        with self._lock:
            return {
                "kg_workers_started": self._started,
                "kg_workers_idle": len(self.idle),
                "kg_queries_waiting": len(self._queue),
                "kg_workers_replaced": self._replaced,
            }

    def enter(self, turn: Turn) -> bool:
        """Join the queue; tell whether the turn has come at once.

        Raises:
            TooBusy: the queue is full, or the client's half of it is; or no turn will come any more.
        """
        with self._lock:
            self._check_open()
            self._queue.append(turn)
            self._settle(turn)
            if not turn.granted:
                same = sum(other.client == turn.client for other in self._queue)
                if len(self._queue) > self._waiting or (turn.client and same > max(1, self._waiting // 2)):
                    self._queue.remove(turn)
                    raise TooBusy("all workers are busy, and the queue is full: try again in a moment")
            return turn.granted

    def enter_again(self, turn: Turn) -> None:
        """Let a turn that was granted, and came to nothing, be the next."""
        with self._lock:
            self._count_off(turn.client)
            turn.granted, turn.worker = False, None
            if self.retired:
                turn.ready()
                return
            self._queue.insert(0, turn)
            self._settle()

    def leave(self, turn: Turn) -> bool:
        """Give up the place in the queue; tell whether that was in time, before the turn came."""
        with self._lock:
            waits = turn in self._queue
            if waits:
                self._queue.remove(turn)
            return waits

    def join(self, turn: Turn, there: int) -> bool:
        """Grant a small turn at once, behind others at a worker which has *there* of the same client already.

        Nobody is overtaken so, and nobody gets hold of the last worker: see `_next`.
        """
        with self._lock:
            self._check_open()
            if self._queue or not self._may_join(turn, there):
                return False
            self._grant(turn)
            return True

    def joining(self, there: Counter[str | None]) -> Turn | None:
        """Return a small turn of the queue, now granted, for a worker that has so many of each client *there*.

        There is none while another waits for a whole worker and comes before.
        """
        with self._lock:
            turn = self._first([turn for turn in self._queue if self._may_join(turn, there[turn.client])])
            if turn is None or not turn.small:
                return None
            self._queue.remove(turn)
            self._grant(turn)
            return turn

    def done(self, client: str | None) -> None:
        """Note that a granted turn of *client* is over."""
        with self._lock:
            self._count_off(client)
            self._settle()

    def free(self, worker: Worker | None, *, fresh: bool = False) -> bool:
        """Take a worker back that has nothing to do, or None for one that is no more; tell whether it is still needed.

        A *fresh* one has just been started in the place of another.
        """
        with self._lock:
            self._replaced += fresh
            if worker is None or self.retired:
                self._started -= 1
            else:
                self.idle.insert(0 if fresh else len(self.idle), worker)  # one that begins still is asked last
            self._settle()
            return not self.retired

    def retire(self) -> None:
        """Refuse all further turns, those that wait too."""
        with self._lock:
            self.retired = True
            for turn in self._queue:
                turn.ready()
            self._queue.clear()

    def close(self) -> list[Worker]:
        """Retire, and return the workers that had nothing to do."""
        self.retire()
        with self._lock:
            idle, self.idle = self.idle, []
            return idle

    # --- `_lock` is held ----------------------------------------------------------------------------------------------

    def _check_open(self) -> None:
        if self.retired:
            raise TooBusy("the service is closing")

    def _settle(self, entering: Turn | None = None) -> None:
        """Let all go whose turn it is, and tell them, but for who is *entering*."""
        while self._queue and (turn := self._next()):
            self._queue.remove(turn)
            if self.idle:
                turn.worker = self.idle.pop()  # the one that was used last, since its memory is in the caches
            else:
                self._started += 1
            self._grant(turn)
            if turn is not entering:
                turn.ready()

    def _next(self) -> Turn | None:
        """Return whose turn it is: of those who have the least running, who came first.

        Who has something running already leaves the last worker to others, so nobody can hold all of them.
        """
        free = self._free()
        if free <= 0:
            return None
        return self._first([turn for turn in self._queue if free > 1 or self._may_have_last(turn)])

    def _may_have_last(self, turn: Turn) -> bool:
        return not turn.client or not self._running[turn.client]

    def _first(self, turns: list[Turn]) -> Turn | None:
        if len(turns) < 2:
            return turns[0] if turns else None
        return min(turns, key=lambda turn: self._running[turn.client])

    def _may_join(self, turn: Turn, there: int) -> bool:
        return not turn.client or self._running[turn.client] == there or self._free() > 0

    def _free(self) -> int:
        return len(self.idle) + self._size - self._started

    def _grant(self, turn: Turn) -> None:
        self._running[turn.client] += 1
        turn.granted = True

    def _count_off(self, client: str | None) -> None:
        self._running[client] -= 1
        if not self._running[client]:
            del self._running[client]
