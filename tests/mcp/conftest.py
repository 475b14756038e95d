"""A store with three readouts, as the tests of the command line have it."""

from tests.cli.conftest import filled, readouts

__all__ = ["filled", "readouts"]
