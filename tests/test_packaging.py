"""The wheel holds all that the command needs, and works away from the checkout."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SECONDS = 300  # a build of the sample takes 15 on a quiet machine
CARRIED = ("ontology", "viz", "data")
LOCKS = ("run", "test")


def run(*command: str | Path, cwd: Path, path: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command; with `path`, packages there come before all others."""
    environment = {**os.environ, "PYTHONSAFEPATH": "1", "PYTHONUTF8": "1"}
    if path:
        environment["PYTHONPATH"] = str(path)
    return subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the source archive, and the wheel out of it."""
    folder = tmp_path_factory.mktemp("dist")
    done = run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def contents(wheel: Path) -> frozenset[str]:
    with zipfile.ZipFile(wheel) as archive:
        return frozenset(archive.namelist())


def tracked(folder: str) -> list[str]:
    """Return the files of a folder that belong to the project."""
    listed = run("git", "ls-files", folder, cwd=ROOT).stdout.splitlines()
    return [name for name in listed if (ROOT / name).exists()]


def test_the_wheel_carries_the_code_and_says_that_it_is_typed(contents):
    assert {"kg/__init__.py", "kg/cli/__init__.py", "kg/py.typed"} <= contents


@pytest.mark.parametrize("folder", CARRIED)
def test_the_wheel_carries_the_data(contents, folder):
    files = tracked(folder)
    assert files
    assert [name for name in files if f"kg/_data/{name}" not in contents] == []


def test_the_wheel_carries_its_licence_and_those_of_what_it_includes(contents):
    licences = {name.partition("/licenses/")[2] for name in contents if "/licenses/" in name}
    vendored = {name for name in tracked("viz") if "LICENSE" in name}
    assert vendored
    assert licences == {"LICENSE"} | vendored


def test_the_wheel_carries_nothing_else(contents):
    tops = {name.split("/")[0] for name in contents}
    assert tops == {"kg", "corporate_events_kg-0.1.0.dist-info"}
    assert not any("__pycache__" in name or name.endswith(".pyc") for name in contents)


# ---- installed


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into a folder of its own; its dependencies are those of the running environment."""
    folder = tmp_path_factory.mktemp("installed")
    command = (sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--target", folder, wheel)
    done = run(*command, cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("elsewhere")


@pytest.fixture(scope="module")
def kg(installed: Path, elsewhere: Path):
    """Return a function that runs the installed command in an empty folder."""

    def command(*words: str | Path) -> subprocess.CompletedProcess[str]:
        return run(sys.executable, installed / "bin" / "kg", *words, cwd=elsewhere, path=installed)

    return command


@pytest.fixture(scope="module")
def built(kg, installed: Path) -> dict[str, object]:
    done = kg("build", installed / "kg" / "_data" / "data" / "articles", "-o", "out", "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_installed_package_is_the_one_that_runs(installed):
    code = "import kg, kg.resources as r; print(kg.__file__, r.ontology_folder(), r.viz_folder(), r.sample_folder())"
    paths = run(sys.executable, "-c", code, cwd=installed, path=installed).stdout.split()
    assert len(paths) == 4
    assert all(Path(path).is_relative_to(installed) and Path(path).exists() for path in paths)


def test_the_installed_command_knows_its_version(kg):
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert kg("--version").stdout.split()[-1] == version


def test_the_installed_command_shows_the_schema(kg):
    assert "acquirer" in kg("schema", "Acquisition").stdout


@pytest.mark.model
@pytest.mark.slow
def test_the_installed_command_builds_the_sample(built):
    assert built["skipped"] == []
    assert built["articles"] == built["read"] > 40
    assert built["events"] > 200


@pytest.mark.model
@pytest.mark.slow
def test_the_installed_command_answers_a_named_question(kg, built):
    done = kg("query", "out", "who-builds-what", "--format", "csv")
    assert done.returncode == 0, done.stderr
    assert "Tesla" in done.stdout


@pytest.mark.model
@pytest.mark.slow
def test_the_installed_command_writes_a_page(kg, built):
    done = kg("view", "out", "-o", "page.html")
    assert done.returncode == 0, done.stderr


# ---- what the README says


def readme(language: str) -> list[str]:
    """Return the code blocks of a language."""
    return re.findall(rf"```{language}\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)


QUERIES = [line for block in readme("sh") for line in block.splitlines() if line.startswith("kg query out ")]


@pytest.mark.model
@pytest.mark.slow
@pytest.mark.parametrize("line", QUERIES)
def test_the_readmes_queries_give_rows(kg, built, line):
    done = kg(*shlex.split(line, comments=True)[1:])
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
    assert "nothing found" not in done.stdout


@pytest.mark.model
@pytest.mark.slow
def test_the_readmes_python_runs(installed, kg, built, elsewhere):
    (block,) = readme("python")
    code = block.replace("data/articles", str(installed / "kg" / "_data" / "data" / "articles"))
    done = run(sys.executable, "-c", code, cwd=elsewhere, path=installed)
    assert done.returncode == 0, done.stderr
    assert "Microsoft" in done.stdout


# ---- lock files


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_file_pins_every_dependency_with_hashes(name):
    text = (ROOT / "requirements" / f"{name}.lock").read_text(encoding="utf-8")
    pins = re.split(r"\n(?=\S)", text.strip())
    assert [pin for pin in pins if "==" not in pin or "--hash=sha256:" not in pin] == []
    assert "://" not in text


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_file_holds_what_the_project_asks_for(name):
    data = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project, groups = data["project"], data["dependency-groups"]
    lines = [*project["dependencies"], *groups["install"]]
    lines += project["optional-dependencies"]["test"] if name == "test" else []
    wanted = {re.split(r"[^\w.-]", line)[0].lower() for line in lines}
    text = (ROOT / "requirements" / f"{name}.lock").read_text(encoding="utf-8")
    assert wanted <= set(re.findall(r"^([a-z0-9.-]+)==", text, re.MULTILINE))


def pins(name: str) -> set[str]:
    return set(
        re.findall(r"^\S+==\S+", (ROOT / "requirements" / f"{name}.lock").read_text(encoding="utf-8"), re.MULTILINE)
    )


def test_both_lock_files_pin_the_same_versions():
    assert pins("run") <= pins("test")
