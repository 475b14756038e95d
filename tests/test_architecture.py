"""The data flows one way (kg/DESIGN.md): a module imports only what stands before it, or beneath."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

import kg
from kg import errors

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "kg"
LAYERS = (
    ("errors", "values", "vocab", "model", "resources"),
    ("lexicon",),
    ("text",),
    ("sources",),
    ("extract",),
    ("resolve",),
    ("link",),
    ("rdf", "search"),
    ("store",),
    ("explain", "saved", "load", "sparql"),
    ("records", "tables", "frames"),
    ("web",),
    ("mcp",),
    ("cli",),
    ("__main__",),
)
RANK = {module: rank for rank, layer in enumerate(LAYERS) for module in layer}
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def imported(path: Path) -> set[str]:
    """Names of the first-level modules of kg that the module at *path* imports, anywhere in it."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module == "kg":
            names |= {f"kg.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: absolute imports only"
            names.add(node.module)
    return {name.split(".")[1] for name in names if name.startswith("kg.")} - {"__version__"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_imports_only_what_stands_before_it(path):
    own = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if own == "quickstart":
        assert not imported(path)
        return
    assert own in RANK, f"{own} has no place in the architecture"
    backwards = {name for name in imported(path) if name != own and RANK[name] >= RANK[own]}
    assert not backwards - set(LAYERS[0] if RANK[own] == 0 else ()), f"{own} imports {backwards}"


def test_the_model_needs_the_standard_library_alone():
    import sys

    trees = [ast.parse((PACKAGE / name).read_text(encoding="utf-8")) for name in ("model.py", "values.py")]
    modules = {node.module for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {module.split(".")[0] for module in modules - {"kg.values"}} <= sys.stdlib_module_names


def test_the_tree_of_errors_is_the_one_in_its_docstring():
    drawn = re.findall(r"(\w+) +(\d+)   (\d+)", errors.__doc__)
    assert {name for name, _, _ in drawn} == {
        name for name in errors.__all__ if isinstance(getattr(errors, name), type)
    }
    for name, exit_code, http_status in drawn:
        error = getattr(errors, name)
        assert (error.exit_code, error.http_status) == (int(exit_code), int(http_status)), name


def test_every_public_name_of_the_package_can_be_had():
    assert all(callable(getattr(kg, name)) for name in kg.__all__)


def test_every_public_name_has_a_docstring():
    missing = []
    for path in MODULES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        nodes = [tree, *(node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef))]
        missing += [
            f"{path.relative_to(ROOT)}: {getattr(node, 'name', 'module')}"
            for node in nodes
            if not getattr(node, "name", "").startswith("_") and not ast.get_docstring(node)
        ]
    assert not missing


def test_what_is_needed_to_run_is_what_is_imported():
    declared = {
        re.split(r"[><=\[ ]", line)[0].lower()
        for line in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    }
    distribution = {"yaml": "pyyaml", "slugify": "python-slugify", "charset_normalizer": "charset-normalizer"}
    used = set()
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                used |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                used.add(node.module.split(".")[0])
    third_party = {distribution.get(name, name) for name in used}
    assert declared <= third_party, "declared and not used"
