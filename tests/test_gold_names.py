"""Neither the code nor the ontology names a company of the annotated articles, the general gazetteer aside."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT.parent / "shared" / "gold"
FOLDERS = ("wikinews", "wikinews-train", "modern-train", "seed")
PATTERNS = (
    "kg/**/*.py",
    "ontology/frames/*",
    "ontology/*.ttl",
    "ontology/queries/*",
    "ontology/*.md",
)
KINDS = {"Organization", "Company"}  # the seed article says Company
LENGTH = 3  # a shorter name is an abbreviation that stands for much else

GENERAL = {
    "American": "an adjective: American depositary share",
    "Bank": "a noun",
    "Index": "a verb that begins a docstring",
    "Judges": "a verb that begins a docstring",
    "Kind": "the class of entity kinds",
    "U.S.": "a country",
    "Universal": "an adjective that begins a comment",
}
SAMPLE = ("kg/cli/", "Xiaomi")  # the help asks about the sample articles that the package ships


def gold_names(entities: Iterable[dict[str, object]]) -> set[str]:
    """Return the names and aliases of organisations that begin with a capital letter."""
    found = (
        name
        for entity in entities
        if entity["kind"] in KINDS
        for name in (entity["name"], *(entity.get("aliases") or ()))  # type: ignore[misc]
    )
    return {name for name in found if name[0].isupper() and len(name) >= LENGTH}


def names_pattern(names: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of any of the names as whole words, longest first; a line may break inside one."""
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(
        r"(?<!\w)(?:" + "|".join(r"\s+".join(map(re.escape, name.split())) for name in ordered) + r")(?!\w)"
    )


def named_in(text: str, pattern: re.Pattern[str]) -> set[str]:
    """Return the names that stand in a text."""
    return {" ".join(name.split()) for name in pattern.findall(text)}


def _entities() -> Iterator[dict[str, object]]:
    for folder in FOLDERS:
        for line in (GOLD / folder / "events.jsonl").read_text(encoding="utf-8").splitlines():
            yield from json.loads(line)["entities"]


def _files() -> list[Path]:
    return sorted(path for path in chain.from_iterable(map(ROOT.glob, PATTERNS)) if path.is_file())


@pytest.mark.skipif(not GOLD.is_dir(), reason="the annotated articles are not in ../shared")
def test_no_organization_of_the_gold_is_named() -> None:
    pattern = names_pattern(gold_names(_entities()) - set(GENERAL))
    folder, subject = SAMPLE
    found = [
        f"{path}: {name}"
        for path in (file.relative_to(ROOT).as_posix() for file in _files())
        for name in sorted(named_in((ROOT / path).read_text(encoding="utf-8"), pattern))
        if not (path.startswith(folder) and name == subject)
    ]
    assert not found, "\n".join(found)


@pytest.mark.skipif(not GOLD.is_dir(), reason="the annotated articles are not in ../shared")
def test_every_general_word_is_a_name_in_the_gold() -> None:
    assert set(GENERAL) <= gold_names(_entities())


@pytest.mark.parametrize("pattern", PATTERNS)
def test_every_pattern_finds_files(pattern: str) -> None:
    assert any(ROOT.glob(pattern))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Acme bought a rival.", {"Acme"}),
        ('roles = { acquirer = "Acme" }', {"Acme"}),
        ("# Acme's rival, Acme Steel & Co.", {"Acme", "Acme Steel & Co."}),
        ("the Acme\n    Steel & Co. of old", {"Acme Steel & Co."}),
        ("Acmes, acme and Pacme", set()),
    ],
)
def test_a_name_is_found_as_whole_words(text: str, found: set[str]) -> None:
    assert named_in(text, names_pattern(["Acme", "Acme Steel & Co."])) == found


def test_names_are_those_of_organizations_with_their_aliases() -> None:
    entities = [
        {"kind": "Organization", "name": "Acme", "aliases": ["Acme Steel", "the maker", "AS"]},
        {"kind": "Company", "name": "Bolt Works", "aliases": None},
        {"kind": "Person", "name": "Ann Lee", "aliases": []},
    ]
    assert gold_names(entities) == {"Acme", "Acme Steel", "Bolt Works"}
