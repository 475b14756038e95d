"""Where the files that ship with the package lie, in a checkout and in an installed wheel alike."""

from __future__ import annotations

from pathlib import Path

__all__ = ["demonstration", "ontology"]

_PACKAGE = Path(__file__).resolve().parent


def ontology() -> Path:
    """Return the folder with `readouts.ttl`, `shapes.ttl`, `context.jsonld` and `queries/`.

    It lies at the top of a checkout; the wheel carries it as `kg/_ontology` (see `pyproject.toml`).
    """
    packed = _PACKAGE / "_ontology"
    return packed if packed.is_dir() else _PACKAGE.parent / "ontology"


def demonstration() -> Path:
    """Return the folder of readouts that were written to show the program with."""
    return _PACKAGE / "demo" / "readouts"
