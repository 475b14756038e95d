"""A query as a worker gets it: its text made ready, and the state of the data that it is asked of."""

from __future__ import annotations

import os
import weakref
from dataclasses import dataclass

from kg.errors import QueryError, ResultTooLarge, StoreError
from kg.store.answer import failed
from kg.store.folder import Folder
from kg.store.guard import explained
from kg.store.matches import as_given
from kg.store.process import Refused
from kg.store.request import QueryRequest

__all__ = ["Claim", "Prepared"]


class Claim:
    """A generation that is kept from being swept while anything refers to this object."""

    def __init__(self, folder: Folder) -> None:
        """Claim the newest one in *folder*."""
        self.number, path, descriptor = folder.claim()
        self.path = str(path)
        self._release = weakref.finalize(self, os.close, descriptor)


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is asked, and the `text` to be evaluated, which has what the ``readout:matches`` of the query find.

    `claim` is the generation that they were found in; None where nothing was searched for, and any will do.
    """

    asked: QueryRequest
    text: str
    claim: Claim | None = None

    def explained(self, error: Refused) -> QueryError | StoreError:
        """Return what the *error* of a worker means to whoever asked."""
        message = str(error)
        match error.kind:
            case "SyntaxError":
                return explained(as_given(SyntaxError(message), self.text, self.asked.text), self.asked.text)
            case "ValueError":
                return QueryError(f"not an IRI: {' '.join(message.split())}")
            case "TooLarge":
                return ResultTooLarge(message)
            case "FileNotFoundError":
                return StoreError(f"the store is damaged: {message}")
        return failed(RuntimeError(message))
