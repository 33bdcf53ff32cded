"""The scores on collections of others count what they say they count, on invented examples."""

from __future__ import annotations

import importlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import made
import pytest

from kg.extract.dates import find_times
from kg.extract.reading import Found
from kg.model import Article, EventMention, Extraction, Filler, LocalEvent, Span, Status, Value, ValueKind

ROOT = Path(__file__).resolve().parent.parent
GOLD = {"a": 1, "b": 1, "c": 1, "d": 2, "e": 2, "f": 2, "g": 2}
GIVEN = {"a": 1, "b": 1, "c": 2, "d": 2, "e": 3, "f": 3, "g": 3}


@pytest.fixture(autouse=True)
def _find_benchmarks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT))


def part(name: str) -> ModuleType:
    return importlib.import_module(f"benchmarks.other_gold.{name}")


# Clusters


@pytest.mark.parametrize(
    ("measure", "recall", "precision"),
    [
        ("muc", (1 + 2) / (2 + 3), (1 + 0 + 2) / (1 + 1 + 2)),
        ("b_cubed", (4 / 3 + 1 / 3 + 1 / 4 + 9 / 4) / 7, (2 + 1 / 2 + 1 / 2 + 3) / 7),
        ("ceaf", (4 / 5 + 6 / 7) / 2, (4 / 5 + 6 / 7) / 3),
    ],
)
def test_clusters_are_compared_as_the_measures_define_it(measure: str, recall: float, precision: float) -> None:
    tally = getattr(part("clusters"), measure)(GOLD, GIVEN)
    assert (tally.recall, tally.precision) == pytest.approx((recall, precision))


@pytest.mark.parametrize("measure", ["muc", "b_cubed", "ceaf"])
def test_the_same_clusters_under_other_names_are_right(measure: str) -> None:
    tally = getattr(part("clusters"), measure)(GOLD, {item: f"x{cluster}" for item, cluster in GOLD.items()})
    assert tally.f1 == pytest.approx(1.0)


def test_items_each_on_its_own_have_no_links_and_no_error() -> None:
    alone = {"a": 1, "b": 2}
    assert part("clusters").muc(alone, alone).f1 == 0.0


def test_documents_add_up_and_do_not_mix() -> None:
    clusters = part("clusters")
    tally = clusters.compare([({"a": 1, "b": 1}, {"a": 1, "b": 1}), ({"c": 1, "d": 1}, {"c": 1, "d": 2})])["B3"]
    assert (tally.recall, tally.precision) == (0.75, 1.0)


def test_the_mean_is_that_of_the_three_f1() -> None:
    clusters = part("clusters")
    tallies = clusters.compare([(GOLD, GIVEN)])
    assert clusters.conll(tallies) == pytest.approx(sum(tally.f1 for tally in tallies.values()) / 3)


# Text


@pytest.mark.parametrize(
    ("tokens", "text"),
    [
        (["It", "'s", "$", "5", "(", "or", "6", "%", ")", "."], "It's $5 (or 6%)."),
        (['"', "Yes", ",", '"', "he", "said"], '"Yes," he said'),
        (["the", "``", "App", "Store", "''"], 'the "App Store"'),
        (["a", "Rome", "-", "based", "firm"], "a Rome-based firm"),
        (["approved", "-", "(", "again", ")"], "approved - (again)"),
    ],
)
def test_text_is_put_together_from_tokens(tokens: list[str], text: str) -> None:
    layout = part("layout").lay_out([tokens])
    assert layout.text == text
    assert len(layout.spans) == len(tokens)


def test_spans_point_at_the_tokens() -> None:
    layout = part("layout").lay_out([["Acme", "opens"], ["It", "'s", "new", "."]], title=True)
    assert layout.text == "Acme opens\n\nIt's new."
    assert [layout.text[start:end] for start, end in layout.spans] == ["Acme", "opens", "It", "'s", "new", "."]


# Readers


def test_meantime_loses_its_date_line_and_keeps_its_places(tmp_path: Path) -> None:
    record: dict[str, Any] = {
        "doc": "d",
        "corpus": "X",
        "annotated_last_sentence": 2,
        "sentences": [["Acme", "opens"], ["May", "3"], ["Acme", "grew", "."], ["More", "."]],
        "tokens": ["Acme", "opens", "May", "3", "Acme", "grew", ".", "More", "."],
        "token_sentence": [0, 0, 1, 1, 2, 2, 2, 3, 3],
        "markables": [
            {"id": "1", "tag": "ENTITY_MENTION", "tokens": [0]},
            {"id": "2", "tag": "ENTITY_MENTION", "tokens": [4]},
            {"id": "3", "tag": "EVENT_MENTION", "tokens": [5]},
            {
                "id": "4",
                "tag": "TIMEX3",
                "tokens": [2, 3],
                "functionInDocument": "CREATION_TIME",
                "value": "2020-05-03",
            },
            {"id": "5", "tag": "ENTITY"},
        ],
        "relations": [
            {"type": "REFERS_TO", "source": ["1", "2"], "target": ["5"]},
            {"type": "HAS_PARTICIPANT", "source": ["3"], "target": ["2"], "sem_role": "Arg0"},
            {"type": "HAS_PARTICIPANT", "source": ["3"], "target": []},
        ],
    }
    path = tmp_path / "m.json"
    path.write_text(json.dumps([record]))
    (document,) = part("meantime").read_meantime(path)
    texts = [document.layout.text[slice(*document.span(mention))] for mention in document.mentions]
    assert (document.title, document.date, texts) == ("Acme opens", "2020-05-03", ["Acme", "Acme", "grew"])
    assert document.mentions[0].chain == document.mentions[1].chain != document.mentions[2].chain
    assert [(link.type, link.head, link.tail) for link in document.links] == [("Arg0", "3", "2")]
    assert document.covers(document.layout.text.index("grew"))
    assert not document.covers(document.layout.text.index("More"))


def test_fire_sentences_are_read_with_their_relations(tmp_path: Path) -> None:
    entities = [{"type": "Company", "start": 0, "end": 1}, {"type": "Company", "start": 2, "end": 4}]
    record = {
        "tokens": ["Acme", "buys", "Bolt", "Corp"],
        "entities": entities,
        "relations": [{"type": "ActionBuy", "head": 0, "tail": 1}],
    }
    path = tmp_path / "f.json"
    path.write_text(json.dumps([record]))
    (document,) = part("fire").read_fire(path)
    head, tail = document.mentions
    assert document.layout.text[slice(*document.span(tail))] == "Bolt Corp"
    assert [(link.head, link.tail) for link in document.links] == [(head.id, tail.id)]


ECB = """<Document doc_name="1_{name}.xml">
<token t_id="1" sentence="0">Acme</token><token t_id="2" sentence="0">sold</token>
<token t_id="3" sentence="1">It</token><token t_id="4" sentence="1">left</token>
<Markables>
<HUMAN_PART_ORG m_id="1"><token_anchor t_id="1"/></HUMAN_PART_ORG>
<ACTION_OCCURRENCE m_id="2"><token_anchor t_id="2"/></ACTION_OCCURRENCE>
<HUMAN_PART_ORG m_id="3"><token_anchor t_id="3"/></HUMAN_PART_ORG>
<HUMAN_PART_ORG m_id="9" instance_id="HUM7"/>
</Markables>
<Relations><CROSS_DOC_COREF r_id="5" note="HUM7"><source m_id="1"/><target m_id="9"/></CROSS_DOC_COREF></Relations>
</Document>"""


def test_ecb_chains_are_named_alike_across_documents_and_unchecked_sentences_left_out(tmp_path: Path) -> None:
    (tmp_path / "1").mkdir()
    for name in ("a", "b"):
        (tmp_path / "1" / f"1_{name}.xml").write_text(ECB.format(name=name))
    (tmp_path / "annotated-sentences.csv").write_text("Topic,File,Sentence Number\n1,a,0\n1,b,0\n")
    one, other = part("ecbplus").read_ecbplus(tmp_path)
    assert [mention.id for mention in one.mentions] == ["1", "2"]
    assert one.mentions[0].chain == other.mentions[0].chain == "HUM7"
    assert one.mentions[1].chain != other.mentions[1].chain


def test_documents_of_our_own_gold_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "wikinews-train").mkdir()
    text = "Acme Corp. said on Monday that it would, at last, open a plant in the north of the country in May."
    (tmp_path / "wikinews-train" / "articles.json").write_text(json.dumps([{"text": f"Acme opens\n\n{text} More."}]))
    gold, layout = part("gold"), part("layout")
    known, other = (
        gold.GoldDocument(
            name, "", layout.lay_out([["Acme", "opens"], words.split()], title=True), (), (), (), "Acme opens"
        )
        for name, words in (("known", text), ("other", text.replace("Monday", "Friday")))
    )
    assert [kept.id for kept in part("fresh").fresh([known, other], tmp_path)] == ["other"]


# Times


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2008", date(2008, 1, 1), date(2008, 12, 31)),
        ("2008-02", date(2008, 2, 1), date(2008, 2, 29)),
        ("2008-09-17T16:08Z", date(2008, 9, 17), date(2008, 9, 17)),
        ("2008-Q4", date(2008, 10, 1), date(2008, 12, 31)),
        ("2009-W11", date(2009, 3, 9), date(2009, 3, 15)),
    ],
)
def test_calendar_values_have_bounds(value: str, first: date, last: date) -> None:
    assert part("times").bounds_of(value) == (first, last)


@pytest.mark.parametrize("value", ["", "P5Y", "PAST_REF", "XXXX-XX-XX", "PXD"])
def test_durations_and_vague_references_have_none(value: str) -> None:
    assert part("times").bounds_of(value) is None


def test_the_end_of_a_longer_period_counts_as_right() -> None:
    year = (date(1989, 1, 1), date(1989, 12, 31))
    since = (date(1989, 1, 1), date(2008, 9, 18))
    assert part("times").part_of(since, year) == year
    assert part("times").part_of(since, (date(1990, 1, 1), date(1990, 12, 31))) == since


# Whole documents, made by hand


def analysis(
    text: str,
    marks: Mapping[str, tuple[str, int]],
    links: Sequence[tuple[str, str, str]] = (),
    events: Sequence[LocalEvent] = (),
    heads: Mapping[str, Sequence[int]] | None = None,
    labels: Mapping[str, Mapping[str, str]] | None = None,
    chains: Mapping[str, str] | None = None,
) -> Any:
    """Return an analysis of words between spaces. `marks`: id -> sort and token; `heads`: entity -> its head tokens."""
    gold, words = part("gold"), text.split()
    mentions = tuple(
        gold.Marked(
            name, gold.Sort(sort), at, at, (chains or {}).get(name, name), (labels or {}).get(name, {"type": ""})
        )
        for name, (sort, at) in marks.items()
    )
    document = gold.GoldDocument(
        "d",
        "",
        part("layout").lay_out([words]),
        ((0, len(text)),),
        mentions,
        tuple(gold.Link(*link) for link in links),
        date="2024-06-15",
    )
    times = {}
    reading = made.reading(text)
    for time in find_times(text):
        span = reading.doc.char_span(time.start, time.end)
        times.update({token.i: Found(span.start, span.end, time) for token in span})
    extraction = Extraction(Article("d", "d0", "", text, text), (), tuple(events))
    return part("analysis").Analysis(
        document,
        replace(reading, times=times),
        extraction,
        {name: at for name, (_, at) in marks.items()},
        {key: frozenset(at) for key, at in (heads or {}).items()},
    )


def span(text: str, word: str) -> Span:
    return Span(text.index(word), text.index(word) + len(word), word)


def event(
    text: str, type_: str, trigger: str, *fillers: tuple[str, str, str], status: Status = Status.HAPPENED
) -> LocalEvent:
    """Return an event with entities as fillers: role, word, key."""
    filled = tuple(Filler(role, span(text, word), entity=key) for role, word, key in fillers)
    said = EventMention(type_, span(text, trigger), Span(0, len(text), text), status, filled, "rule", 0.9)
    return LocalEvent(type_, status, filled, (said,), 0.9)


DEAL = "Acme bought Bolt yesterday"
DEAL_MARKS = {"0": ("entity", 0), "1": ("event", 1), "2": ("entity", 2), "3": ("time", 3)}


def bought(acquirer: tuple[str, str], target: tuple[str, str]) -> LocalEvent:
    return event(DEAL, "Acquisition", "bought", ("acquirer", *acquirer), ("target", *target))


def deal(*events: LocalEvent) -> Any:
    links = [("ActionBuy", "0", "2"), ("Actionto", "1", "2")]
    return analysis(DEAL, DEAL_MARKS, links, events, {"e1": [0], "e2": [2]})


def test_a_purchase_told_the_right_way_round_is_found() -> None:
    scores = part("relations").score_relations([deal(bought(("Acme", "e1"), ("Bolt", "e2")))])
    buy = scores.by_type["ActionBuy"]
    assert (buy.recall.value, buy.precision.value, scores.direction.value, scores.action_to.value) == (1, 1, 1, 1)


def test_a_purchase_told_the_wrong_way_round_is_neither_found_nor_right() -> None:
    scores = part("relations").score_relations([deal(bought(("Bolt", "e2"), ("Acme", "e1")))])
    buy = scores.by_type["ActionBuy"]
    assert (buy.recall.value, buy.precision.value, scores.direction.part, scores.direction.whole) == (0, 0, 0, 1)


def test_a_relation_that_we_do_not_tell_says_nothing_of_its_direction() -> None:
    scores = part("relations").score_relations([deal()])
    assert (scores.by_type["ActionBuy"].recall.part, scores.direction.whole) == (0, 0)


def test_a_filler_that_is_not_annotated_is_counted_apart() -> None:
    told = bought(("Acme", "e1"), ("yesterday", "e3"))
    buy = part("relations").score_relations([deal(told)]).by_type["ActionBuy"]
    assert (buy.precision.whole, buy.outside) == (0, 1)


def test_a_stake_that_is_held_is_an_ownership_and_not_a_purchase() -> None:
    text = "Acme owns Bolt"
    marks = {"0": ("entity", 0), "1": ("entity", 2)}
    held = event(
        text,
        "StakePurchase",
        "owns",
        ("investor", "Acme", "e1"),
        ("investee", "Bolt", "e2"),
        status=Status.ONGOING,
    )
    found = analysis(text, marks, [("Subsidiaryof", "1", "0")], [held], {"e1": [0], "e2": [2]})
    scores = part("relations").score_relations([found])
    assert scores.by_type["Subsidiaryof"].recall.value == scores.direction.value == 1
    assert scores.by_type["ActionBuy"].precision.whole == 0


@pytest.mark.parametrize("ends", [("0", "2"), ("2", "0")])
def test_a_merger_has_no_direction(ends: tuple[str, str]) -> None:
    text = "Acme joins Bolt"
    marks = {"0": ("entity", 0), "2": ("entity", 2)}
    told = event(text, "Merger", "joins", ("party", "Acme", "e1"), ("party", "Bolt", "e2"))
    found = analysis(text, marks, [("ActionMerge", *ends)], [told], {"e1": [0], "e2": [2]})
    merge = part("relations").score_relations([found]).by_type["ActionMerge"]
    assert (merge.recall.part, merge.precision.part, merge.precision.whole) == (1, 1, 1)


@pytest.mark.parametrize(("direction", "right"), [("down", 1), ("up", 0)])
def test_a_fall_is_right_if_it_goes_down(direction: str, right: int) -> None:
    text = "Sales fell 5%"
    change = Filler("change", span(text, "5%"), value=Value(ValueKind.PERCENT, "5%", direction=direction))
    told = replace(event(text, "RevenueChange", "fell"), fillers=(change,))
    found = analysis(text, {"0": ("entity", 0), "1": ("value", 2)}, [("ValueChangeDecreaseby", "0", "1")], [told])
    scores = part("relations").score_relations([found])
    assert (scores.change.part, scores.change_direction.part) == (1, right)


def test_participants_are_found_by_entity_and_labelled_by_role() -> None:
    links = [("Arg0", "1", "0"), ("Arg1", "1", "2")]
    told = bought(("Acme", "e1"), ("Bolt", "e2"))
    swapped = bought(("Bolt", "e2"), ("Acme", "e1"))
    scores = [
        part("roles").score_roles([analysis(DEAL, DEAL_MARKS, links, [one], {"e1": [0], "e2": [2]})])
        for one in (told, swapped)
    ]
    assert [score.found["Arg0"].part for score in scores] == [1, 1]
    assert [score.labelled["Arg0"].part for score in scores] == [1, 0]
    assert [score.labelled["Arg1"].part for score in scores] == [1, 0]


def test_the_same_entity_named_elsewhere_stands_for_a_participant() -> None:
    text = "Acme grew and it bought Bolt"
    marks = {"0": ("entity", 0), "1": ("entity", 3), "2": ("event", 4)}
    told = event(text, "Acquisition", "bought", ("acquirer", "Acme", "e1"))
    same = {"0": "acme", "1": "acme"}
    for chains, found in ((same, 1), ({}, 0)):
        given = analysis(text, marks, [("Arg0", "2", "1")], [told], {"e1": [0]}, chains=chains)
        assert part("roles").score_roles([given]).found["Arg0"].part == found


@pytest.mark.parametrize(
    ("status", "agreed"),
    [
        (Status.HAPPENED, (1, 0, 1)),
        (Status.PLANNED, (1, 1, 1)),
        (Status.DENIED, (1, 0, 0)),
        (Status.OPINION, (0, 0, 0)),
    ],
)
def test_a_status_says_certainty_time_and_polarity(status: Status, agreed: tuple[int, int, int]) -> None:
    labels = {"1": {"certainty": "CERTAIN", "time": "FUTURE", "polarity": "POS"}}
    told = event(DEAL, "Acquisition", "bought", status=status)
    factors = part("factuality").score_factuality([analysis(DEAL, DEAL_MARKS, (), [told], labels=labels)])
    assert tuple(factors[name].agreed.part for name in ("certainty", "time", "polarity")) == agreed
    assert factors["all three"].agreed.part == int(all(agreed))


def test_every_status_has_a_factuality() -> None:
    assert set(part("mapping").factuality()) == set(Status)


def test_every_role_that_is_mapped_exists() -> None:
    ontology = part("analysis").load_ontology([ROOT / "ontology"])
    known = {role.id for type_ in ontology.types.values() for role in type_.roles}
    named = {role for roles in json.loads(part("mapping").ROLES.read_text()).values() for role in roles}
    assert named <= known, sorted(named - known)


@pytest.mark.parametrize(("value", "same"), [("2024-06-14", 1), ("2024-06-13", 0)])
def test_a_time_is_read_against_the_date_of_the_article(value: str, same: int) -> None:
    times = part("times").score_times([analysis(DEAL, DEAL_MARKS, labels={"3": {"value": value}})])
    assert (times.found.part, times.same.part, times.confirmed.value) == (1, same, 1)


def test_mentions_that_we_do_not_find_stay_alone() -> None:
    text = "Acme Acme it"
    marks = {"0": ("entity", 0), "1": ("entity", 1), "2": ("entity", 2)}
    found = analysis(text, marks, chains=dict.fromkeys(marks, "acme"))
    outcome = part("coreference").score_coreference([found], part("gold").Sort.ENTITY)
    systems = outcome.every.systems
    assert (outcome.found, outcome.every.mentions) == (0, 3)
    assert systems["ours"]["MUC"].recall == 0.0
    assert systems["same words"]["MUC"].recall == 0.5


def test_event_mentions_of_one_event_of_ours_are_one() -> None:
    text = "bought ... purchase"
    marks = {"0": ("event", 0), "1": ("event", 2)}
    one = event(text, "Acquisition", "bought")
    other = event(text, "Acquisition", "purchase")
    merged = replace(one, mentions=one.mentions + other.mentions)
    for events, recall in (([merged], 1.0), ([one, other], 0.0)):
        found = analysis(text, marks, (), events, chains=dict.fromkeys(marks, "deal"))
        outcome = part("coreference").score_coreference([found], part("gold").Sort.EVENT)
        assert outcome.ours.systems["ours"]["MUC"].recall == recall


# The command


def test_a_collection_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert part("__main__").main(["fire", "--gold", str(tmp_path)]) == 2
    assert "fire_dev.json" in capsys.readouterr().err


def test_scores_become_json() -> None:
    share, tally = part("counting").Share(1, 3), part("clusters").Tally(1, 2, 1, 4)
    assert part("report").plain({"a": share, ("x", "y"): tally}) == {
        "a": {"part": 1, "whole": 3, "share": 0.3333},
        "x -> y": {"precision": 0.25, "recall": 0.5, "f1": 0.3333},
    }
