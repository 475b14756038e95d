"""Values that the type checker alone keeps from being changed: `dataclass`, for what is made by the hundred.

A frozen dataclass sets each field by a call, so that to make one costs more than twice as much, and 560 are made to
convert a readout. With this one `frozen=True` is what mypy holds everybody to; at run time the values are plain ones,
with the hash that they would have.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(cls: type | None = None, /, *, frozen: bool = False, eq: bool = True, **options: bool) -> Any:  # noqa: ANN401  # as the checker sees it above
        """Make *cls* a dataclass, or return what makes one, with the options of `dataclasses.dataclass`."""
        make = dataclasses.dataclass(eq=eq, unsafe_hash=frozen and eq, **options)
        return make if cls is None else make(cls)
