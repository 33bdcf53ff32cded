import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.iris import DEFAULT_BASE, Iris, compact, digest, event_id, expand, iris, kebab, local_name, slug
from kg.model import Span
from tests.knowledge import ARTICLES, PLANT, span, title_span


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Xiaomi", "xiaomi"),
        ("AT&T", "at-and-t"),
        ("Møller – Mærsk A/S", "moller-maersk-a-s"),
        ("  3M  ", "n-3m"),
        ("Straße", "strasse"),
        ("L'Oréal", "l-oreal"),
    ],
)
def test_a_slug_is_readable_ascii(text: str, expected: str) -> None:
    assert slug(text) == expected


def test_names_in_other_scripts_get_slugs_of_their_own() -> None:
    names = ["小米", "华为", "Газпром", "Xiaomi 小米", "Xiaomi 华为", "!!!", "???"]
    assert len({slug(name) for name in names}) == len(names)


def test_long_names_that_begin_alike_stay_apart() -> None:
    assert slug("a" * 300) != slug("a" * 301)


@given(st.text())
def test_a_slug_is_always_a_valid_local_name(text: str) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9-]{0,69}", slug(text))
    assert slug(text) == slug(text)


@given(
    st.lists(st.text(alphabet=string.printable), max_size=4), st.lists(st.text(alphabet=string.printable), max_size=4)
)
def test_different_parts_have_different_digests(one: list[str], other: list[str]) -> None:
    assert (digest(*one) == digest(*other)) == (one == other)


def test_an_event_id_names_its_type_and_depends_on_its_parts() -> None:
    assert event_id("ProductLaunch", "a").startswith("product-launch-")
    assert event_id("ProductLaunch", "a") != event_id("ProductLaunch", "b")


def test_words_of_the_title_have_mentions_apart_from_the_same_offsets_in_the_text() -> None:
    article, mint = ARTICLES[PLANT], Iris()
    in_title, in_text = title_span(PLANT, "Norvik Motors"), span(PLANT, "Norvik Motors")
    assert mint.mention(article, in_title) == f"{DEFAULT_BASE}mention/m{PLANT}-t0-13"
    assert mint.mention(article, in_text) == f"{DEFAULT_BASE}mention/m{PLANT}-0-13"


def test_every_local_name_starts_with_a_letter() -> None:
    mint, article = Iris(), ARTICLES[PLANT]
    minted = [
        mint.mention(article, Span(0, 1, "N")),
        mint.filler("price", "x"),
        mint.quantity("price", "x"),
        mint.source("3 people", PLANT),
        mint.rule("frame:Acquisition/verb/buy"),
        mint.edge("a", "builds", "b"),
    ]
    assert all(
        local_name(iri)[0].isalpha() and "/" not in iri.removeprefix(DEFAULT_BASE).partition("/")[2] for iri in minted
    )


@pytest.mark.parametrize(
    "base", ["", "example", "ftp://example.org/", "https://example.org", "https://exa mple.org/", "https:///"]
)
def test_a_bad_base_is_refused(base: str) -> None:
    with pytest.raises(UsageError, match="not a base"):
        iris(base)


def test_another_base_moves_the_data_and_leaves_the_vocabulary() -> None:
    prefixes = iris("https://kg.example/").prefixes()
    assert prefixes["ent"] == "https://kg.example/entity/"
    assert prefixes["kg"] == f"{DEFAULT_BASE}ns#"


@pytest.mark.parametrize(
    "iri", [f"{DEFAULT_BASE}entity/xiaomi", f"{DEFAULT_BASE}ns#builds", "https://other.example/a(b)"]
)
def test_expanding_undoes_compacting(iri: str) -> None:
    prefixes = Iris().prefixes()
    assert expand(compact(iri, prefixes), prefixes) == iri


@pytest.mark.parametrize(
    ("camel", "expected"), [("InitialPublicOffering", "initial-public-offering"), ("Dividend", "dividend")]
)
def test_kebab_splits_camel_case(camel: str, expected: str) -> None:
    assert kebab(camel) == expected
