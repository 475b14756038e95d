"""`kg.extract` is a function and `kg/extract` a package: the name must not change its meaning with what is imported."""

import subprocess
import sys


def test_a_public_function_stays_one_whatever_was_imported_before():
    script = (
        "import kg; first = kg.extract, kg.resolve; import kg.load, kg.extract.scene; from kg.resolve import resolve;"
        "assert (kg.extract, kg.resolve) == first and kg.resolve is resolve and callable(kg.extract)"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
