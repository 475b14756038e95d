"""A store for agents: a server of the Model Context Protocol that searches, looks up, quotes and asks; it can't write.

`Answers` is what it says, without the protocol; `serve` speaks the protocol over standard input and output.
"""

from __future__ import annotations

from kg.mcp.answers import Answers

__all__ = ["Answers", "serve"]


def serve(answers: Answers) -> None:
    """Answer over standard input and output until the client is gone.

    Raises:
        MissingExtra: the package ``mcp`` is not installed.
    """
    from kg.mcp.server import server

    server(answers).run()
