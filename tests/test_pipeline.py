import io
import json
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg import pipeline
from kg.extract.extractor import Extractor
from kg.pipeline import Settings, build
from kg.store import GraphStore
from tests.building import DENIAL, FACTORY, NEWS, PURCHASE, exports, types, write

pytestmark = pytest.mark.model


@pytest.fixture(autouse=True)
def one_extractor(extractor: Extractor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Load the language model once for all builds of this file."""
    monkeypatch.setattr(pipeline, "open_extractor", lambda *_: extractor)


@pytest.fixture
def news(tmp_path: Path) -> Path:
    return write(tmp_path / "news", NEWS)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


@pytest.fixture
def reference(tmp_path: Path) -> dict[str, bytes]:
    """Return the exports of an undisturbed build of `NEWS` in one go."""
    return built(write(tmp_path / "reference", NEWS), tmp_path / "reference-out")


def built(folder: Path, out: Path) -> dict[str, bytes]:
    build([str(folder)], out)
    return exports(out)


def fail(*_: object) -> Any:
    raise AssertionError("this should not have been called")


# --- sources


def test_a_build_reads_a_folder(news: Path, out: Path) -> None:
    assert build([str(news)], out).read == 3
    assert types(out) == ["Acquisition", "FacilityClosure", "FacilityConstruction"]


def test_a_build_reads_a_file(news: Path, out: Path) -> None:
    assert build([str(news / "factory.txt")], out).articles == 1


def test_a_build_reads_what_a_pattern_matches(news: Path, out: Path) -> None:
    assert build([str(news / "[fp]*.txt")], out).articles == 2


def test_a_build_reads_json_lines(tmp_path: Path, out: Path) -> None:
    lines = "".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in NEWS.items())
    assert build([str(write(tmp_path, {"news.jsonl": lines}) / "news.jsonl")], out).articles == 3


def test_a_build_reads_standard_input(out: Path) -> None:
    assert build(["-"], out, stdin=io.BytesIO(PURCHASE.encode())).events == 1


# --- once more


def test_building_again_reads_and_changes_nothing(news: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build([str(news)], out)
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*") if path.name not in ("report.json", ".lock")}
    monkeypatch.setattr(pipeline, "open_extractor", fail)
    report = build([str(news)], out)
    assert (report.found, report.read, report.replaced, report.changed) == (3, 0, 0, False)
    after = {path: path.stat().st_mtime_ns for path in out.rglob("*") if path.name not in ("report.json", ".lock")}
    assert {path: time for path, time in after.items() if path.is_file()} == {
        path: time for path, time in before.items() if path.is_file()
    }


def test_only_an_added_article_is_read(news: Path, out: Path) -> None:
    build([str(news)], out)
    write(news, {"more.txt": "Intel opened a chip factory in Leixlip in 2023.\n"})
    report = build([str(news)], out)
    assert (report.read, report.articles, report.changed) == (1, 4, True)


def test_a_build_adds_to_what_is_there(news: Path, out: Path) -> None:
    for name in NEWS:
        build([str(news / name)], out)
    assert len(types(out)) == 3


def test_other_rules_read_every_article_again(news: Path, out: Path, tmp_path: Path) -> None:
    build([str(news)], out)
    rules = write(tmp_path / "rules", {"gazetteer/empty.toml": ""})
    assert build([str(news / "factory.txt")], out, settings=Settings(ontology=(rules,))).read == 3


# --- changed articles


def test_a_changed_article_replaces_its_former_version(news: Path, out: Path, tmp_path: Path) -> None:
    build([str(news)], out)
    write(news, {"purchase.txt": "Intel opened a chip factory in Leixlip in 2023.\n"})
    report = build([str(news)], out)
    assert (report.read, report.replaced) == (1, 1)
    assert b"Figma" not in exports(out)["nquads"]
    assert exports(out) == built(news, tmp_path / "fresh")


def test_a_changed_line_replaces_the_one_with_its_id_wherever_it_stands(tmp_path: Path, out: Path) -> None:
    before = [{"id": "one", "text": FACTORY}, {"id": "two", "text": PURCHASE}]
    after = [{"id": "three", "text": DENIAL}, {"id": "two", "text": "Intel opened a factory in Leixlip."}, before[0]]
    file = tmp_path / "news.jsonl"
    for rows in (before, after):
        file.write_text("".join(json.dumps(row) + "\n" for row in rows))
        report = build([str(file)], out)
    assert (report.read, report.replaced, report.articles) == (2, 1, 3)
    assert b"Figma" not in exports(out)["nquads"]


def test_lines_without_ids_may_move(tmp_path: Path, out: Path) -> None:
    file = tmp_path / "news.jsonl"
    for texts in ((FACTORY, PURCHASE), (DENIAL, FACTORY, PURCHASE), (FACTORY, PURCHASE)):
        file.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts))
        report = build([str(file)], out)
    assert (report.read, report.replaced, report.articles) == (0, 1, 2)
    file.rename(tmp_path / "other.jsonl")
    (tmp_path / "other.jsonl").rename(file)
    assert exports(out) == built(file, tmp_path / "fresh")


def test_what_comes_by_standard_input_without_an_id_replaces_nothing(out: Path) -> None:
    for text in (FACTORY, PURCHASE):
        report = build(["-"], out, stdin=io.BytesIO(text.encode()))
    assert (report.replaced, report.articles) == (0, 2)


def test_new_metadata_need_no_new_reading(tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = {"id": "a", "text": FACTORY, "url": "https://example.org/old"}
    file = write(tmp_path, {"a.json": json.dumps(row)}) / "a.json"
    build([str(file)], out)
    monkeypatch.setattr(pipeline, "open_extractor", fail)
    file.write_text(json.dumps(row | {"url": "https://example.org/new"}))
    assert build([str(file)], out).changed
    assert [article.url for article in GraphStore.open(out).knowledge().articles] == ["https://example.org/new"]


def test_the_other_language_model_reads_again(news: Path, out: Path) -> None:
    build([str(news)], out)
    assert build([str(news)], out, settings=Settings(model="another")).read == 3


# --- copies


def test_the_same_article_in_two_files_is_counted_once(tmp_path: Path, out: Path) -> None:
    folder = write(tmp_path / "news", {"a.txt": FACTORY, "b.txt": FACTORY})
    report = build([str(folder)], out)
    assert (report.articles, report.claims) == (1, 1)
    assert [skipped.problem for skipped in report.skipped] == ["the same article as a"]


def test_the_same_words_under_another_date_are_counted_once(tmp_path: Path, out: Path) -> None:
    rows = [{"id": str(day), "date": f"2021-11-0{day}", "text": FACTORY} for day in (2, 1, 3)]
    report = build([str(write(tmp_path, {"a.json": json.dumps(rows)}) / "a.json")], out)
    assert (report.articles, report.claims) == (1, 1)
    assert {skipped.problem for skipped in report.skipped} == {"the same words as 1"}
    assert [article.date for article in GraphStore.open(out).knowledge().articles] == ["2021-11-01"]


def test_an_article_stays_as_long_as_one_of_its_files_holds_it(tmp_path: Path, out: Path) -> None:
    folder = write(tmp_path / "news", {"a.txt": FACTORY, "b.txt": FACTORY})
    build([str(folder)], out)
    write(folder, {"a.txt": PURCHASE})
    assert build([str(folder)], out).articles == 2
    assert exports(out) == built(folder, tmp_path / "fresh")
    write(folder, {"b.txt": PURCHASE})
    build([str(folder)], out)
    assert types(out) == ["Acquisition"]


def test_articles_of_one_id_are_told_apart(tmp_path: Path, out: Path) -> None:
    folder = write(tmp_path / "news", {"a/x.txt": FACTORY, "b/x.txt": PURCHASE})
    build([str(folder)], out)
    ids = [article.id for article in GraphStore.open(out).knowledge().articles]
    assert len(set(ids)) == 2
    assert all(name.startswith("x~") for name in ids)


# --- the same bytes


def in_another_order(news: Path, out: Path, tmp_path: Path) -> None:
    build([str(news / name) for name in sorted(NEWS, reverse=True)], out)


def one_by_one(news: Path, out: Path, tmp_path: Path) -> None:
    for name in sorted(NEWS):
        build([str(news / name)], out)


def one_by_one_backwards(news: Path, out: Path, tmp_path: Path) -> None:
    for name in sorted(NEWS, reverse=True):
        build([str(news / name)], out)


def by_a_relative_path(news: Path, out: Path, tmp_path: Path) -> None:
    build([os.path.relpath(news)], out)


def from_another_folder(news: Path, out: Path, tmp_path: Path) -> None:
    build([str(shutil.copytree(news, tmp_path / "moved" / "deeper"))], out)


def from_two_folders(news: Path, out: Path, tmp_path: Path) -> None:
    build([str(shutil.copytree(news, tmp_path / "copy"))], out)
    build([str(news)], out)


def from_a_folder_above(news: Path, out: Path, tmp_path: Path) -> None:
    shutil.copytree(news, tmp_path / "top" / "2024" / "news")
    build([str(tmp_path / "top")], out)


def in_a_folder_with_a_past(news: Path, out: Path, tmp_path: Path) -> None:
    write(news, {"denial.txt": "Intel opened a chip factory in Leixlip in 2023.\n"})
    build([str(news)], out)
    write(news, {"denial.txt": DENIAL})
    build([str(news)], out)


@pytest.mark.parametrize(
    "way",
    [
        in_another_order,
        one_by_one,
        one_by_one_backwards,
        by_a_relative_path,
        from_another_folder,
        from_two_folders,
        from_a_folder_above,
        in_a_folder_with_a_past,
    ],
)
def test_the_same_articles_give_the_same_bytes(
    way: Callable[[Path, Path, Path], None], news: Path, out: Path, tmp_path: Path, reference: dict[str, bytes]
) -> None:
    way(news, out, tmp_path)
    assert exports(out) == reference


@pytest.mark.parametrize("order", [("a.jsonl", "b.jsonl"), ("b.jsonl", "a.jsonl")])
def test_what_describes_an_article_does_not_depend_on_which_came_first(
    tmp_path: Path, out: Path, order: tuple[str, str]
) -> None:
    rows = {"a": {"id": "x", "url": "https://b.example/"}, "b": {"id": "x", "url": "https://a.example/"}}
    for name, row in rows.items():
        write(tmp_path, {f"{name}.jsonl": json.dumps(row | {"text": FACTORY}) + "\n"})
    for name in order:
        build([str(tmp_path / name)], out)
    assert [article.url for article in GraphStore.open(out).knowledge().articles] == ["https://a.example/"]


def test_no_path_and_no_clock_gets_into_the_graph(news: Path, out: Path, tmp_path: Path) -> None:
    for name, content in built(news, out).items():
        text = content.decode()
        assert str(tmp_path) not in text, name
        assert time.strftime("%Y-%m-%d") not in text, name


# --- the report


def test_the_report_tells_versions_time_counts_and_what_was_skipped(news: Path, out: Path) -> None:
    write(news, {"empty.txt": "", "photo.png": b"\x89PNG"})
    report = build([str(news)], out)
    row = json.loads((out / "report.json").read_text())
    assert row["built"].startswith(time.strftime("%Y-"))
    assert {"corporate-events-kg", "python", "spacy", "model"} <= row["versions"].keys()
    assert row["skipped"] == report.row()["skipped"]
    assert {Path(skipped["place"]).name for skipped in row["skipped"]} == {"empty.txt", "photo.png"}
    assert {name: row[name] for name in ("found", "read", "articles", "events")} == {
        "found": 3,
        "read": 3,
        "articles": 3,
        "events": 3,
    }
    assert row["by_type"] == {"Acquisition": 1, "FacilityClosure": 1, "FacilityConstruction": 1}


def test_files_beside_the_store_are_written_again_when_missing_or_old(news: Path, out: Path) -> None:
    build([str(news)], out)
    turtle = (out / "graph.ttl").read_bytes()
    (out / "graph.ttl").write_bytes(b"old")
    (out / "report.json").unlink()
    build([str(news)], out)
    assert (out / "graph.ttl").read_bytes() == turtle
    (out / "graph.ttl").unlink()
    build([str(news)], out)
    assert (out / "graph.ttl").read_bytes() == turtle


def test_progress_goes_through_the_new_articles_alone(news: Path, out: Path) -> None:
    totals = []

    def progress(articles: Any, total: int) -> Any:
        totals.append(total)
        return articles

    build([str(news / "factory.txt")], out, progress=progress)
    build([str(news)], out, progress=progress)
    assert totals == [1, 2]
