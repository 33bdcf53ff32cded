import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph

from kg.errors import QueryError
from kg.model import Knowledge
from kg.ontology import load_ontology
from kg.query import Answer, ask, format_answer, load_questions
from kg.query.cells import TABLE_WIDTH, safe_cell, table_text
from kg.rdf import to_quads
from kg.resources import ontology_folder
from kg.store import GraphStore
from tests.knowledge import BUILDING, BUYING, DENIED, S_BUILD, S_SECRET, STARTING, sample_knowledge

QUESTIONS = load_questions([ontology_folder()])
NAMES = [
    *("acquisitions", "capacity", "company-events", "competitors", "contradictions", "evidence", "forward-calendar"),
    *("open-questions", "pledges", "support", "who-builds-what", "who-said-what"),
]


@pytest.fixture(scope="module")
def store() -> GraphStore:
    return GraphStore.of(to_quads(sample_knowledge(), load_ontology([ontology_folder()])))


def rows(store: GraphStore, question: str, **values: str) -> list[dict[str, str]]:
    """Return an answer's rows with local names instead of IRIs."""
    answer = ask(store, question, values=values)
    return [dict(zip(answer.columns, map(_local, row), strict=True)) for row in answer.rows]


def _local(term: object) -> str:
    value = getattr(term, "value", "")
    return value.replace("#", "/").rpartition("/")[2] if isinstance(term, ox.NamedNode) else value


# ---- the named questions


def test_there_is_a_file_for_each_competency_question() -> None:
    assert sorted(QUESTIONS) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_each_question_explains_itself_and_finds_something(store: GraphStore, name: str) -> None:
    question = QUESTIONS[name]
    assert question.title.endswith("?")
    assert question.description
    assert all(parameter.help for parameter in question.parameters)
    assert ask(store, name).rows


@pytest.mark.parametrize("name", NAMES)
def test_each_question_is_quiet_about_an_empty_graph(name: str) -> None:
    empty = GraphStore.of(to_quads(Knowledge(), load_ontology([ontology_folder()])))
    assert not ask(empty, name).rows


@pytest.mark.parametrize("name", NAMES)
def test_each_parameter_can_be_bound(store: GraphStore, name: str) -> None:
    examples = {"entity": "Norvik Motors", "type": "Acquisition", "status": "planned", "date": "2024", "number": "1"}
    for parameter in QUESTIONS[name].parameters:
        ask(store, name, values={parameter.name: examples.get(parameter.kind, "x")})


@pytest.mark.parametrize("name", NAMES)
def test_each_question_orders_its_rows(name: str) -> None:
    assert "ORDER BY" in QUESTIONS[name].text


def test_who_builds_what(store: GraphStore) -> None:
    row = {"company": "Norvik Motors", "facility": "battery plant, Gothenburg", "place": "Gothenburg"}
    assert rows(store, "who-builds-what") == [row]
    assert rows(store, "who-builds-what", place="Poland") == []


def test_company_events(store: GraphStore) -> None:
    found = rows(store, "company-events", company="Norvik", type="FacilityConstruction")
    assert [(row["status"], row["sentence"]) for row in found if row["event"] != BUILDING] == [
        ("undisclosed", S_SECRET)
    ]
    assert {row["sentence"] for row in found if row["event"] == BUILDING} > {S_BUILD}
    assert rows(store, "company-events", company="Norvik", status="rumoured") == []


@pytest.mark.parametrize(("since", "found"), [("2024", 1), ("2027-12-31", 1), ("2028-01", 0)])
def test_the_calendar_looks_ahead_from_a_day(store: GraphStore, since: str, found: int) -> None:
    assert len(rows(store, "forward-calendar", since=since)) == found


def test_the_calendar_leaves_out_what_has_happened(store: GraphStore) -> None:
    assert [row["event"] for row in rows(store, "forward-calendar")] == [STARTING]
    assert rows(store, "forward-calendar", company="Tessaly") == []


def test_pledges_are_summed_by_currency(store: GraphStore) -> None:
    (row,) = rows(store, "pledges")
    assert (row["company"], row["currency"], row["total"]) == ("Norvik Motors", "EUR", "2000000000")


def test_contradictions_put_conflicts_first(store: GraphStore) -> None:
    found = [(row["event"], row["conflict"], {row["status1"], row["status2"]}) for row in rows(store, "contradictions")]
    assert found == [(BUILDING, "true", {"happened", "ongoing"}), (BUYING, "false", {"committed", "happened"})]


def test_who_said_what(store: GraphStore) -> None:
    (row,) = rows(store, "who-said-what", source="Anna Lind")
    assert (row["words"], row["cue"], row["status"]) == ("chief executive Anna Lind", "expected to", "expected")
    assert "analysts" in {row["words"] for row in rows(store, "who-said-what", company="Tessaly")}


def test_evidence_of_an_edge(store: GraphStore) -> None:
    (row,) = rows(store, "evidence", subject="Norvik Motors", object="Norvik battery division")
    assert row["predicate"] == "commitsToInvestIn"
    assert (row["begin"], row["end"], row["rule"]) == ("220", "300", "frame:InvestmentCommitment/verb/invest")


def test_acquisitions_with_and_without_a_price(store: GraphStore) -> None:
    found = {row["event"]: (row["status"], row["when"], row["price"]) for row in rows(store, "acquisitions")}
    assert found == {BUYING: ("happened", "2025-11-20", "1500000000"), DENIED: ("denied", "", "")}


def test_competitors_actual_and_intended(store: GraphStore) -> None:
    assert [row["predicate"] for row in rows(store, "competitors", company="Tessaly")] == ["competesWith"]
    assert [row["predicate"] for row in rows(store, "competitors", company="Norvik")] == ["plansToCompeteWith"]


@pytest.mark.parametrize(("minimum", "found"), [("300,000", 1), ("300000.5", 0)])
def test_capacity_of_at_least(store: GraphStore, minimum: str, found: int) -> None:
    assert len(rows(store, "capacity", minimum=minimum)) == found


def test_capacity_in_a_unit(store: GraphStore) -> None:
    assert len(rows(store, "capacity", unit="battery pack")) == 1
    assert rows(store, "capacity", unit="car") == []


def test_support_counts_articles_claims_and_sources(store: GraphStore) -> None:
    first = rows(store, "support")[0]
    assert (first["event"], first["articles"], first["claims"], first["sources"]) == (BUYING, "2", "2", "1")


def test_open_questions(store: GraphStore) -> None:
    assert [row["sentence"] for row in rows(store, "open-questions")] == [S_SECRET]


# ---- parameters


@pytest.mark.parametrize(
    "name",
    [
        "Norvik Motors",
        "norvik motors",
        "Norvik",
        "norvik-motors",
        "ent:norvik-motors",
        "https://w3id.org/corporate-events/entity/norvik-motors",
    ],
)
def test_an_entity_goes_by_label_alias_id_or_iri(store: GraphStore, name: str) -> None:
    assert rows(store, "who-builds-what", company=name)


@pytest.mark.parametrize(
    ("name", "advice"),
    [("Norvik Moters", "did you mean Norvik Motors"), ("halden", "did you mean Halden Cells"), ("zzz", "look at what")],
)
def test_an_unknown_name_is_answered_with_near_ones(store: GraphStore, name: str, advice: str) -> None:
    with pytest.raises(QueryError, match=f"nothing is called {name!r}; {advice}"):
        ask(store, "who-builds-what", values={"company": name})


def test_a_name_of_two_is_not_guessed() -> None:
    knowledge = sample_knowledge()
    twin = next(entity for entity in knowledge.entities if entity.label == "Tessaly")
    both = replace(knowledge, entities=(*knowledge.entities, replace(twin, id="tessaly-2")))
    store = GraphStore.of(to_quads(both, load_ontology([ontology_folder()])))
    with pytest.raises(QueryError, match="name one of them: tessaly, tessaly-2"):
        ask(store, "competitors", values={"company": "Tessaly"})
    assert (
        ask(store, "competitors", values={"company": "tessaly"}).rows
        == ask(store, "competitors", values={"company": "ent:tessaly"}).rows
    )


@pytest.mark.parametrize(
    ("question", "values", "message"),
    [
        ("company-events", {"type": "Aquisition"}, "did you mean Acquisition"),
        ("company-events", {"status": "maybe"}, "statuses: happened"),
        ("company-events", {"colour": "red"}, "has no parameter 'colour'; its parameters: company, type, status"),
        ("forward-calendar", {"since": "soon"}, "no date"),
        ("forward-calendar", {"since": "2024-13"}, "no date"),
        ("capacity", {"minimum": "lots"}, "no number"),
        ("capacity", {"minimum": "NaN"}, "no number"),
        ("SELECT * { ?s ?p ?o }", {"company": "x"}, "its parameters: none"),
    ],
)
def test_a_bad_parameter_is_explained(store: GraphStore, question: str, values: dict[str, str], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        ask(store, question, values=values)


@pytest.mark.parametrize("hostile", ['"} INSERT', "x> . ?s ?p ?o . #", "') UNION { ?s ?p ?o", "\\", "\n", "\x00"])
def test_a_hostile_parameter_is_only_a_name(store: GraphStore, hostile: str) -> None:
    assert rows(store, "capacity", unit=hostile) == []
    with pytest.raises(QueryError, match="nothing is called"):
        ask(store, "competitors", values={"company": hostile})


# ---- questions of one's own


def test_a_folder_can_add_and_replace_questions(store: GraphStore, tmp_path: Path) -> None:
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries" / "places.rq").write_text(
        "# title: Which places?\nSELECT ?p { ?p a schema:Place } ORDER BY ?p"
    )
    (tmp_path / "queries" / "support.rq").write_text("# title: None?\nASK { }")
    assert {
        row["p"]
        for row in (
            dict(zip(("p",), map(_local, row), strict=True)) for row in ask(store, "places", folders=[tmp_path]).rows
        )
    } > {"poland"}
    assert ask(store, "support", folders=[tmp_path]).boolean is True


def test_faulty_questions_are_all_listed(tmp_path: Path) -> None:
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries" / "a.rq").write_text("SELECT * {}")
    (tmp_path / "queries" / "b.rq").write_text("# title: B?\n# param: company firm\n# param: ???\nSELECT * {}")
    with pytest.raises(QueryError) as caught:
        load_questions([tmp_path])
    assert all(fault in str(caught.value) for fault in ("a.rq: give exactly one", "b.rq: 'firm' is not", "b.rq: '???'"))


def test_a_query_file_is_run(store: GraphStore, tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_text("ASK { ?s kg:builds ?o }")
    assert ask(store, str(tmp_path / "mine.rq")).boolean is True


@pytest.mark.parametrize(
    ("query", "message"),
    [("who-builds-waht", "questions: who-builds-what"), ("", "no question"), ("nowhere.rq", "cannot be read")],
)
def test_an_unknown_question_is_answered_with_those_there_are(store: GraphStore, query: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        ask(store, query)


# ---- answers


def show(store: GraphStore, query: str, format_: str) -> str:
    return format_answer(ask(store, query), format_, store.iris.prefixes())


def test_a_table_shows_short_names(store: GraphStore) -> None:
    lines = show(store, "SELECT ?who ?rival { ?who kg:plansToCompeteWith ?rival }", "table").splitlines()
    assert lines[0].split() == ["who", "rival"]
    assert lines[2].split() == ["ent:norvik-motors", "ent:tessaly"]


def test_the_table_of_a_named_question_shows_labels(store: GraphStore) -> None:
    lines = show(store, "competitors", "table").splitlines()
    assert lines[0].split() == ["company", "predicate", "rival"]
    assert lines[2].split() == ["Norvik", "Motors", "plansToCompeteWith", "Tessaly"]


@pytest.mark.parametrize("name", NAMES)
def test_named_questions_leave_only_events_and_articles_as_iris(store: GraphStore, name: str) -> None:
    answer = ask(store, name)
    cells = [cell for row in answer.rows for cell in zip(answer.columns, row, strict=True)]
    iris = {column for column, term in cells if isinstance(term, ox.NamedNode)}
    assert iris <= {"event", "article", "article1", "article2"}


@pytest.mark.parametrize("name", NAMES)
def test_a_question_tells_of_no_column_that_it_lacks(store: GraphStore, name: str) -> None:
    question = QUESTIONS[name]
    assert question.labels | question.details <= set(ask(store, name).columns)


def test_a_table_leaves_out_details_and_other_formats_give_them(store: GraphStore) -> None:
    assert show(store, "evidence", "table").splitlines()[0].split() == [
        *("subject", "predicate", "object", "status", "sentence")
    ]
    assert show(store, "evidence", "csv").splitlines()[0].endswith("sentence,begin,end,article,rule")
    assert "rule" in json.loads(show(store, "evidence", "json"))["head"]["vars"]


@pytest.mark.parametrize("name", NAMES)
def test_the_table_of_a_named_question_fits_the_terminal(store: GraphStore, name: str) -> None:
    assert max(map(len, show(store, name, "table").splitlines())) <= TABLE_WIDTH


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("ASK { ?s kg:builds ?o }", "yes\n"),
        ("ASK { ?s kg:bought ?o }", "no\n"),
        ("SELECT ?s { ?s kg:bought ?o }", "nothing found\n"),
    ],
)
def test_short_answers_are_words(store: GraphStore, query: str, expected: str) -> None:
    assert show(store, query, "table") == expected


def test_csv_reads_back(store: GraphStore) -> None:
    found = list(csv.DictReader(io.StringIO(show(store, "evidence", "csv"))))
    assert S_BUILD in {row["sentence"] for row in found}
    assert all(row["article"].startswith("https://") for row in found)
    assert "Norvik Motors" in {row["subject"] for row in found}


def test_json_is_in_the_w3c_format(store: GraphStore) -> None:
    found = json.loads(show(store, "capacity", "json"))
    assert found["head"]["vars"][:2] == ["company", "facility"]
    value = found["results"]["bindings"][0]["value"]
    assert value == {"type": "literal", "value": "300000", "datatype": "http://www.w3.org/2001/XMLSchema#integer"}
    assert json.loads(show(store, "ASK {}", "json")) == {"head": {}, "boolean": True}


@pytest.mark.parametrize("query", ["DESCRIBE ent:tessaly", "CONSTRUCT WHERE { ent:tessaly ?p ?o }"])
def test_triples_come_as_turtle(store: GraphStore, query: str) -> None:
    graph = Graph().parse(data=show(store, query, "turtle"), format="turtle")
    assert len(graph) > 5
    assert show(store, query, "table") == show(store, query, "turtle")
    assert len(show(store, query, "csv").splitlines()) == len(graph) + 1
    assert json.loads(show(store, query, "json"))[0]["@id"].endswith("tessaly")


@pytest.mark.parametrize(
    ("format_", "message"), [("turtle", "not made of triples"), ("xml", "formats: table, csv, json")]
)
def test_a_format_that_does_not_fit_is_refused(store: GraphStore, format_: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        show(store, "competitors", format_)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"])
def test_what_looks_like_a_formula_is_made_text(text: str) -> None:
    assert safe_cell(text) == f"'{text}"
    answer = Answer(("x",), ((ox.Literal(text),),))
    (row,) = csv.DictReader(io.StringIO(format_answer(answer, "csv", {}), newline=""))
    assert row["x"] == f"'{text}".replace("\r", "\n")


def test_a_negative_number_stays_a_number() -> None:
    assert format_answer(Answer(("x",), ((ox.Literal(-5),),)), "csv", {}) == "x\n-5\n"


def test_a_table_cannot_steer_the_terminal() -> None:
    text = table_text(("x",), [("\x1b[31mred\x07\u202e\nline two",)])
    assert not set(text) & set("\x1b\x07\u202e")
    assert len(text.splitlines()) == 3


def test_wide_letters_keep_the_columns_straight() -> None:
    lines = table_text(("a", "b"), [("小米", "x"), ("abcd", "x")]).splitlines()
    assert lines[2] == "小米  x"
    assert lines[3] == "abcd  x"


def test_long_cells_are_cut() -> None:
    assert table_text(("a",), [("x" * 500,)]).splitlines()[2].endswith("x…")


def test_words_are_cut_to_fit_and_ids_and_numbers_are_not() -> None:
    id_, number = "evt:" + "x" * 40, "1" * 20
    line = table_text(("a", "b", "c", "d"), [("two words " * 5, id_, "more words " * 5, number)]).splitlines()[2]
    assert len(line) == TABLE_WIDTH
    assert line.count("…") == 2
    assert id_ in line
    assert line.endswith(number)


def test_a_table_of_many_ids_is_as_wide_as_they_are() -> None:
    ids = [f"evt:{letter * 50}" for letter in "abc"]
    assert table_text(("a", "b", "c"), [ids]).splitlines()[2] == "  ".join(ids)


# ---- the guide


@pytest.mark.parametrize("name", NAMES)
def test_the_guide_tells_of_each_question_and_its_parameters(name: str) -> None:
    guide = (ontology_folder().parent / "docs" / "queries.md").read_text(encoding="utf-8")
    parameters = ", ".join(f"`{parameter.name}`" for parameter in QUESTIONS[name].parameters)
    assert f"| `{name}` | {QUESTIONS[name].title} | {parameters} |" in guide


def test_the_example_in_the_guide_works(store: GraphStore, tmp_path: Path) -> None:
    guide = (ontology_folder().parent / "docs" / "queries.md").read_text(encoding="utf-8")
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries" / "mine.rq").write_text(guide.split("```sparql\n")[1].split("```")[0])
    answer = ask(store, "mine", values={"place": "Gothenburg"}, folders=[tmp_path])
    assert answer.columns == ("company", "facility", "place")
    assert len(answer.rows) == 1
