"""Kills worker processes whose time is over."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.store.process import Worker

__all__ = ["Reaper"]


class Reaper:
    """Kills workers whose time is over. Its thread sleeps until the next deadline."""

    def __init__(self) -> None:
        self._change = threading.Condition()
        self._armed: set[Worker] = set()
        self._thread: threading.Thread | None = None
        self._wakes = float("inf")
        self._closed = False

    def arm(self, worker: Worker, seconds: float) -> None:
        """Kill *worker* in so many *seconds*, unless it is disarmed before."""
        with self._change:
            worker.deadline = time.monotonic() + seconds
            self._armed.add(worker)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="kg-reaper", daemon=True)
                self._thread.start()
            if worker.deadline < self._wakes:
                self._change.notify()

    def disarm(self, worker: Worker) -> None:
        """Let *worker* live."""
        with self._change:
            self._armed.discard(worker)

    def close(self) -> None:
        """Kill whatever still runs, and end."""
        with self._change:
            self._closed = True
            for worker in self._armed:
                worker.kill()
            self._change.notify()

    def _run(self) -> None:
        with self._change:
            while not self._closed:
                now = time.monotonic()
                for worker in [worker for worker in self._armed if worker.deadline <= now]:
                    worker.overdue = True
                    worker.kill()
                    self._armed.discard(worker)
                self._wakes = min((worker.deadline for worker in self._armed), default=float("inf"))
                self._change.wait(None if self._wakes == float("inf") else max(0.0, self._wakes - now))
