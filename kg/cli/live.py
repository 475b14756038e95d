"""What the commands share that ask Wikidata over the network."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from kg.cli.common import message

if TYPE_CHECKING:
    from kg.link.live import Request, Wikidata

__all__ = ["Asking", "live_options", "watched", "would_ask"]

_Item = TypeVar("_Item")
_Command = TypeVar("_Command", bound=Callable[..., Any])
_OPTIONS = ("endpoint", "api", "contact", "pause", "max_age")


@dataclass(frozen=True)
class Asking:
    """Whom to ask, and how: the values of the options."""

    endpoint: str
    api: str
    contact: str
    pause: float
    max_age: float

    @contextmanager
    def wikidata(self, cache: Path, *, dry: bool = False) -> Iterator[Wikidata]:
        """Give what can be asked, with answers kept at *cache*. In a dry run, nothing can be, and no file is made.

        Raises:
            InputError: there is no contact.
            StoreError: the file can't be used.
        """
        from kg.link.live import Cache, Client, Limits, Wikidata, user_agent

        if not dry:
            user_agent(self.contact)  # a wrong contact makes no file
            cache.parent.mkdir(parents=True, exist_ok=True)
        with Cache(None if dry and not cache.exists() else cache, timedelta(days=self.max_age)) as kept:
            client = Client(None if dry else self.contact, kept, Limits(spacing=self.pause))
            yield Wikidata(client, self.endpoint, self.api)


def live_options(*, days: float) -> Callable[[_Command], _Command]:
    """Add the options, and hand their values on as ``asking``; answers are good for *days*, unless the user differs."""
    from functools import wraps

    def decorated(command: _Command) -> _Command:
        @wraps(command)
        def handed_on(*context: Any, **values: Any) -> Any:  # noqa: ANN401  # whatever a command takes and returns
            asking = Asking(**{name: values.pop(name) for name in _OPTIONS})
            return command(*context, **values, asking=asking)

        for option in reversed(_declared(days)):
            handed_on = option(handed_on)
        return cast(_Command, handed_on)

    return decorated


def _declared(days: float) -> list[Callable[[Any], Any]]:
    contact = "Your e-mail address or web page, which the server is told: Wikimedia asks for it."
    endpoint, api = "https://query.wikidata.org/sparql", "https://www.wikidata.org/w/api.php"
    kept = "How many days an answer that is kept is taken for good."
    least = click.FloatRange(min=0)
    return [
        _option("--contact", "MAIL", contact, envvar="KG_CONTACT", show_envvar=True, default="", show_default=False),
        _option("--endpoint", "URL", "SPARQL with Wikidata's RDF.", envvar="KG_WIKIDATA_ENDPOINT", default=endpoint),
        _option("--api", "URL", "The API that finds items by name.", envvar="KG_WIKIDATA_API", default=api),
        _option("--pause", "SECONDS", "The least time between two requests.", type=least, default=1.0),
        _option("--max-age", "DAYS", kept, type=least, default=days),
    ]


def _option(name: str, metavar: str, help: str, **more: Any) -> Callable[[Any], Any]:  # noqa: ANN401
    return click.option(name, metavar=metavar, help=help, **{"show_default": True, **more})


def watched(items: Sequence[_Item]) -> Iterator[_Item]:
    """Yield *items*, and show how far that is if somebody looks at it."""
    if not sys.stderr.isatty():
        yield from items
        return
    with click.progressbar(items, label="asking", file=sys.stderr) as bar:
        yield from bar


def would_ask(wikidata: Wikidata, requests: Iterable[Request], then: str) -> None:
    """Print what would be asked first, and say what would follow."""
    planned = list(dict.fromkeys(requests))
    new = wikidata.client.unanswered(planned)
    for request in new:
        click.echo(str(request))
    message(f"questions to be asked first: {len(new)}, answered already: {len(planned) - len(new)}; {then}")
