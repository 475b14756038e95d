"""`kg mcp`: a store for agents."""

from __future__ import annotations

import click

from kg.cli.common import base_option, store_option

__all__ = ["mcp"]

_LIMIT = 64 << 20


@click.command()
@store_option
@base_option
@click.option("--timeout", metavar="SECONDS", help="How long a query may take.  [default: 10]")
@click.option("--memory", metavar="BYTES", help="What a query may use, such as 512M.  [default: 2G]")
def mcp(location: str, base: str, timeout: str | None, memory: str | None) -> None:
    """Serve a store to an agent by the Model Context Protocol, over standard input and output. Nothing is written.

    The tools are search, entity, evidence, meetings, sparql and schema; what they tell is quoted. Queries run in
    processes of their own, under limits.
    """
    from kg.mcp import Answers, serve
    from kg.store.asking import engine
    from kg.web.settings import Settings

    settings = Settings.read({"timeout": timeout, "memory": memory})
    limits = {"timeout": settings.timeout, "memory": settings.memory}
    with engine(location, size=2, limit=_LIMIT, rows=settings.rows, **limits) as found:  # type: ignore[arg-type]
        serve(Answers(found, base))
