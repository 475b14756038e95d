"""The page on linking names what there is."""

import re
from pathlib import Path

from kg.link.claims import PROPERTIES
from kg.link.live import queries

PAGE = (Path(__file__).parents[2] / "docs" / "linking.md").read_text(encoding="utf-8")


def test_every_property_that_is_taken_is_documented():
    assert set(re.findall(r"\bP\d+\b", PAGE)) | {"label", "description"} == PROPERTIES


def test_every_query_of_a_refresh_is_documented():
    [named] = re.findall(r"asks one query alone: (.*?)\. Ministers", PAGE, re.DOTALL)
    assert re.findall(r"`(\w+)`", named) == [query.name for query in queries()]


def test_every_file_that_the_page_points_to_is_there():
    for target in re.findall(r"\]\(\.\./([^)]+)\)", PAGE):
        assert (Path(__file__).parents[2] / target).exists(), target
