"""The word lists of the ontology folders."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import OntologyError
from kg.extract.lexicon import Lexicon, load_lexicon
from kg.model import Kind, Status
from kg.resources import ontology_folder

GAZETTEER = ontology_folder() / "gazetteer"
OWN_NOUNS = '[Facility]\nnouns = ["teahouse"]\n[Sizes]\nnouns = ["wide"]\n'
OWN_VERBS = """
[reporting]
verbs = ["murmur"]
[status.planned]
verbs = ["dream"]
[status.rumoured]
verbs = ["dream"]
"""


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon([ontology_folder()])


def own(folder: Path, name: str, text: str) -> Path:
    path = folder / "gazetteer" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("noun", "kind"),
    [
        ("factory", Kind.FACILITY),
        ("data centre", Kind.FACILITY),
        ("carmaker", Kind.ORGANIZATION),
        ("division", Kind.UNIT),
        ("car", Kind.PRODUCT),
    ],
)
def test_a_noun_says_what_kind_of_thing_it_is(noun: str, kind: Kind, lexicon: Lexicon) -> None:
    assert lexicon.noun_kinds[noun] is kind


@pytest.mark.parametrize(
    ("word", "kind"), [("Inc", Kind.ORGANIZATION), ("Ministry", Kind.GOVERNMENT), ("Zone", Kind.PLACE)]
)
def test_a_word_in_a_name_says_what_it_names(word: str, kind: Kind, lexicon: Lexicon) -> None:
    assert lexicon.name_words[word] is kind


def test_companies_and_public_bodies_are_known_by_name(lexicon: Lexicon) -> None:
    assert lexicon.name_kinds["Siemens"] is Kind.ORGANIZATION
    assert lexicon.name_kinds["Federal Trade Commission"] is Kind.GOVERNMENT


def test_words_that_tell_a_status_are_sorted_by_part_of_speech(lexicon: Lexicon) -> None:
    assert lexicon.cues.verbs["plan"] is Status.PLANNED
    assert lexicon.cues.nouns["plan"] is Status.PLANNED
    assert lexicon.cues.adverbs["reportedly"] is Status.RUMOURED
    assert "plan" not in lexicon.cues.adverbs


def test_a_word_under_two_statuses_keeps_the_first(tmp_path: Path) -> None:
    assert load_lexicon([own(tmp_path, "verbs.toml", OWN_VERBS)]).cues.verbs["dream"] is Status.PLANNED


def test_a_folder_of_ones_own_adds_to_the_lists(tmp_path: Path, lexicon: Lexicon) -> None:
    own(tmp_path, "nouns.toml", OWN_NOUNS)
    both = load_lexicon([ontology_folder(), own(tmp_path, "verbs.toml", OWN_VERBS)])
    assert both.reporting_verbs == lexicon.reporting_verbs | {"murmur"}
    assert both.noun_kinds == {**lexicon.noun_kinds, "teahouse": Kind.FACILITY}


def test_a_table_that_is_no_kind_is_left_out(tmp_path: Path) -> None:
    assert "wide" not in load_lexicon([own(tmp_path, "nouns.toml", OWN_NOUNS)]).noun_kinds


def test_folders_without_lists_give_an_empty_lexicon(tmp_path: Path) -> None:
    lexicon = load_lexicon([tmp_path])
    assert (lexicon.noun_kinds, lexicon.reporting_verbs, lexicon.cues.verbs) == ({}, frozenset(), {})


@pytest.mark.parametrize("content", [b"[reporting\n", b"\xff\xfe"])
def test_a_faulty_file_is_named(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "gazetteer").mkdir()
    (tmp_path / "gazetteer" / "verbs.toml").write_bytes(content)
    with pytest.raises(OntologyError, match=r"verbs\.toml: not valid TOML"):
        load_lexicon([tmp_path])


def test_nouns_are_listed_in_lower_case_under_one_kind_each(lexicon: Lexicon) -> None:
    assert [noun for noun in lexicon.noun_kinds if noun != noun.lower()] == []
