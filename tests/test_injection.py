"""Articles are untrusted: whatever stands in them, a build stays in its folder and its exports parse."""

import contextlib
import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg import pipeline
from kg.errors import QueryError
from kg.extract.extractor import Extractor
from kg.graph import open_graph
from kg.pipeline import build
from tests.building import exports, write

pytestmark = pytest.mark.model

PAYLOADS = [
    "../../escaped",
    "/tmp/escaped",
    "..\\..\\escaped",
    "nul\x00byte",
    "line\nbreak\r\n\u2028x",
    '"; DROP ALL; INSERT DATA { <x:s> <x:p> <x:o> } #',
    '" . <x:s> <x:p> <x:o> . "',
    "> <x:p> <x:o> . <http://x/",
    '"""@en . <x:s> a <x:o> . """',
    "\\u0022 . <x:s> <x:p> <x:o> .",
    "} <x:s> <x:p> ?o {",
    "<script>alert(1)</script>",
    "javascript:alert(1)",
    "]]><x/><![CDATA[",
    "&xxe; &#0; &lt;",
    "=HYPERLINK(1)",
    "+1+cmd|' /C calc'!A0",
    "@SUM(1)",
    "-2+3",
    "{{ 7*7 }} {% raw %} ${7*7}",
    "\x1b[2J\x07\x9b31m",
    "\u202etxt.exe\ufeff",
    "\ud800 half",
    "~~#~d123456",
    "_:b0",
    "x" * 5_000,
    " ",
]
IRI = re.compile(r"https?://[\w.-]+(/[\w.-]+)*/?(#[\w-]+|/[\w-]+)?")  # as ours and those of vocabularies are
FIELDS = ("id", "title", "url", "publisher", "date", "language")


@pytest.fixture(autouse=True)
def one_extractor(extractor: Extractor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "open_extractor", lambda *_: extractor)


@pytest.fixture(scope="module")
def hostile() -> str:
    """Return JSON lines with each payload in every field and in the text, beside events and as their names."""
    rows = []
    for number, payload in enumerate(PAYLOADS):
        text = f"Acme{number} Corp. acquired {payload} for ${number + 1} million. Acme{number} sued {payload} Inc."
        rows.append({**dict.fromkeys(FIELDS, payload), "text": text})
        rows.append({"id": number, "url": f"https://example.org/{payload}", "text": text.replace("Acme", "Norvik")})
    return "".join(json.dumps(row) + "\n" for row in rows)


def test_hostile_articles_stay_in_the_folder_and_every_export_parses(hostile: str, tmp_path: Path) -> None:
    top = write(tmp_path / "a" / "b", {"news.jsonl": hostile})
    out = top / "out"
    report = build([str(top / "news.jsonl")], out)
    assert report.articles == 2 * len(PAYLOADS)
    assert report.events > len(PAYLOADS)
    assert {path.name for path in tmp_path.rglob("*") if out not in path.parents} == {"a", "b", "news.jsonl", "out"}
    assert all(len(path.name) < 80 for path in out.rglob("*"))
    found = exports(out)
    check_rdf(found)
    ET.fromstring(found["graphml"])
    assert [json.loads(line) for line in found["jsonl"].splitlines()]
    for name in (name for name in found if name.endswith(".csv")):
        check_table(found[name])
    assert found == exports_of_again(top, out)


def check_rdf(found: dict[str, bytes]) -> None:
    """Check that all formats hold the same, and that no statement was smuggled in."""
    quads = list(ox.parse(found["nquads"], format=ox.RdfFormat.N_QUADS))
    assert set(ox.parse(found["trig"], format=ox.RdfFormat.TRIG)) == set(quads)
    assert len(rdflib.Graph().parse(data=found["turtle"], format="turtle")) == len({quad.triple for quad in quads})
    terms = {term.value for quad in quads for term in quad if isinstance(term, ox.NamedNode)}
    assert not {term for term in terms if term.startswith("x:") or not IRI.fullmatch(term)}


def check_table(content: bytes) -> None:
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert {len(row) for row in rows} == {len(rows[0])}
    for cell in (cell for row in rows for cell in row):
        assert not cell.startswith(("=", "+", "@", "\t", "\r")), cell
        assert not cell.startswith("-") or cell[1:].replace(".", "").isdigit(), cell


def exports_of_again(top: Path, out: Path) -> dict[str, bytes]:
    assert not build([str(top / "news.jsonl")], out).changed
    return exports(out)


def test_hostile_names_of_files_stay_names(tmp_path: Path) -> None:
    names = ["=1+1.txt", "<b>.txt", "a\nb.txt", "$(id).txt", "'; --.txt", "-.txt", "\udcff.txt", "a:3.txt", "-o.txt"]
    folder = tmp_path / "news"
    folder.mkdir()
    for number, name in enumerate(names):
        (folder / name).write_text(f"Acme{number} Corp. acquired Norvik{number} for ${number + 1} million.")
    report = build([str(folder)], tmp_path / "out")
    assert (report.articles, report.events) == (len(names), len(names))
    check_rdf(exports(tmp_path / "out"))
    assert build([str(folder)], tmp_path / "out").read == 0


def test_hostile_values_cannot_leave_a_question_s_parameter(hostile: str, tmp_path: Path) -> None:
    file = write(tmp_path, {"news.jsonl": hostile}) / "news.jsonl"
    build([str(file)], tmp_path / "out")
    graph = open_graph(tmp_path / "out")
    for entity in graph.entities():
        if payload := next((payload for payload in PAYLOADS if payload.strip() and payload in entity.label), None):
            with contextlib.suppress(QueryError):  # nothing of that name, or several things
                assert len(graph.query("company-events", company=payload).columns) > 1
