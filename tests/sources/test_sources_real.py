"""Claims about real readouts, which lie outside this project."""

import json
import re
from pathlib import Path

import pytest

from kg.model import Readout
from kg.sources import Source, documents, expand
from kg.text import canonical

SHARED = Path(__file__).parents[2].parent / "shared"
GOLD = sorted((SHARED / "eval" / "dev" / "gold").glob("*.json"))
pytestmark = pytest.mark.skipif(not GOLD, reason="the collection of real readouts is not here")


def squeeze(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>|\\(?=[^\w\s])|\*", "", text)).strip()


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.name[:60])
def test_what_a_careful_reader_quoted_stands_in_the_canonical_text(path) -> None:
    gold = json.loads(path.read_text())
    text = SHARED / "eval" / "dev" / "text" / gold["file"]
    [found] = documents(Source(str(text), text))
    assert isinstance(found, Readout)
    for statement in gold["statements"]:
        assert squeeze(statement["quote"]) in squeeze(found.text)


def test_every_real_readout_has_a_title_a_day_a_publisher_and_clean_text() -> None:
    for source in expand([SHARED / "readouts" / "whitehouse", SHARED / "readouts" / "state"]):
        [found] = documents(source)
        assert isinstance(found, Readout), found
        assert found.title
        assert found.publisher
        assert found.issued
        assert found.issued.isoformat() == source.name[:10]
        assert canonical(found.text) == found.text
        assert not re.search(r"[\\*<>]|###|\]\(|__", found.text), source.name
