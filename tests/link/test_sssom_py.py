"""What we write is valid by sssom-py, the reference implementation, and comes back from it as it was.

It brings 390 MB and its own versions of much, so it is installed apart: ``.ci/run`` does, and names its Python in
SSSOM_PYTHON.
"""

import os
import subprocess

import pytest

from kg.link.sssom import read_mappings, to_tsv
from tests.link.test_sssom import ADA, BO, CY

PYTHON = os.environ.get("SSSOM_PYTHON", "")
ROUND_TRIP = """
import sys
from sssom.parsers import parse_sssom_table
from sssom.validators import validate
from sssom.writers import write_table
mappings = parse_sssom_table(sys.argv[1])
validate(mappings)
with open(sys.argv[2], "w", encoding="utf-8") as output:
    write_table(mappings, output)
"""


@pytest.mark.skipif(not PYTHON, reason="SSSOM_PYTHON names no Python that has sssom-py")
def test_the_reference_implementation_takes_a_table_and_gives_it_back(tmp_path):
    ours, theirs = tmp_path / "links.sssom.tsv", tmp_path / "again.sssom.tsv"
    ours.write_text(to_tsv([ADA, BO, CY]), encoding="utf-8")
    subprocess.run([PYTHON, "-c", ROUND_TRIP, ours, theirs], check=True, timeout=120, env={"PATH": os.defpath})
    assert set(read_mappings(theirs)) == {ADA, BO, CY}
