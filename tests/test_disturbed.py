"""Builds that are killed, run out of room or are read meanwhile leave the old graph or the new one."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.errors import OutputError
from kg.export import export_bytes
from kg.store import GraphStore
from tests.building import NEWS, exports, types, write

pytestmark = pytest.mark.model

MORE = {**NEWS, "more.txt": "Intel opened a chip factory in Leixlip in 2023.\n", "factory.txt": "Sony sued Apple.\n"}
READINGS = 20  # of the graph during each build
PLACES = [
    "kg.shelf:write_whole",
    "kg.shelf:os.fsync",
    "kg.shelf:Shelf.remove",
    "kg.store.writing:_fill",
    "kg.store.writing:_point",
    "kg.store.writing:sweep",
    "kg.pipeline:export",
    "kg.pipeline:write_report",
    "kg.reports:write_whole",
]

Run = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def program() -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.disturbed"]
    root = Path(__file__).resolve().parent.parent
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root) as running:
        yield running
        assert running.stdin
        running.stdin.close()


def send(program: subprocess.Popen[str], folder: Path, out: Path, **disturbance: Any) -> None:
    assert program.stdin
    program.stdin.write(json.dumps({"sources": [str(folder)], "out": str(out), **disturbance}) + "\n")
    program.stdin.flush()


def receive(program: subprocess.Popen[str]) -> dict[str, Any]:
    assert program.stdout
    answer: dict[str, Any] = json.loads(program.stdout.readline())
    return answer


@pytest.fixture(scope="module")
def run(program: subprocess.Popen[str]) -> Run:
    def build(folder: Path, out: Path, **disturbance: Any) -> dict[str, Any]:
        send(program, folder, out, **disturbance)
        return receive(program)

    return build


@pytest.fixture(scope="module")
def old_and_new(run: Run, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, bytes]]:
    """Return the exports of undisturbed builds of `NEWS` and of `MORE`."""
    found = []
    for files in (NEWS, MORE):
        out = tmp_path_factory.mktemp("out")
        run(write(tmp_path_factory.mktemp("news"), files), out)
        found.append(exports(out))
    return found


def stored(out: Path) -> bytes:
    """Return the graph, without the files beside the store, which may be missing."""
    return export_bytes(GraphStore.open(out), "nquads")


@pytest.mark.parametrize(("place", "nth"), [*((place, 1) for place in PLACES), ("kg.shelf:write_whole", 2)])
def test_a_killed_build_leaves_the_old_graph_or_the_new_and_is_made_good_by_the_next(
    run: Run, tmp_path: Path, old_and_new: list[dict[str, bytes]], place: str, nth: int
) -> None:
    old, new = old_and_new
    folder, out = write(tmp_path / "news", NEWS), tmp_path / "out"
    run(folder, out)
    write(folder, MORE)
    assert run(folder, out, kill_at=place, nth=nth) == {"killed": True}
    assert stored(out) in (old["nquads"], new["nquads"])
    assert "error" not in run(folder, out)
    assert exports(out) == new
    assert not list(out.rglob("*.new"))
    assert len(list(out.glob("store-*"))) == 1


@pytest.mark.parametrize("milliseconds", [5, 23, 61, 97, 142, 203, 310])
def test_a_first_build_killed_at_any_moment_is_made_good_by_the_next(
    run: Run, tmp_path: Path, old_and_new: list[dict[str, bytes]], milliseconds: int
) -> None:
    folder, out = write(tmp_path / "news", NEWS), tmp_path / "out"
    run(folder, out, kill_after=milliseconds / 1000)
    if (out / "current.json").exists():
        assert len(types(out)) == 3
    else:
        with pytest.raises(OutputError, match="holds no graph"):
            GraphStore.open(out)
    assert "error" not in run(folder, out)
    assert exports(out) == old_and_new[0]


def test_readers_meet_a_whole_graph_while_builds_go_on(
    program: subprocess.Popen[str], tmp_path: Path, run: Run
) -> None:
    folder, out = write(tmp_path / "news", NEWS), tmp_path / "out"
    run(folder, out)
    graphs = ["Acquisition FacilityClosure FacilityConstruction", "Acquisition FacilityClosure Lawsuit"]
    met = set()
    for text in ("Sony sued Apple.\n", NEWS["factory.txt"], "Sony sued Apple.\n"):
        write(folder, {"factory.txt": text})
        send(program, folder, out)
        met |= {" ".join(types(out)) for _ in range(READINGS)}
        assert "error" not in receive(program)
    assert sorted(met | {" ".join(types(out))}) == graphs


@pytest.mark.parametrize("limit", [100, 6_000, 9_000, 20_000, 40_000])
def test_a_full_disk_is_told_and_leaves_the_graph_as_it_was(
    run: Run, tmp_path: Path, old_and_new: list[dict[str, bytes]], limit: int
) -> None:
    old, new = old_and_new
    folder, out = write(tmp_path / "news", NEWS), tmp_path / "out"
    run(folder, out)
    write(folder, MORE)
    answer = run(folder, out, file_limit=limit)
    assert "cannot be written" in answer.get("error", "")
    assert stored(out) in (old["nquads"], new["nquads"])
    assert "error" not in run(folder, out)
    assert exports(out) == new
