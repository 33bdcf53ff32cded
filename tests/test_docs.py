"""What the pages under docs/ say is what the program does."""

import re
import runpy
from pathlib import Path

import pytest

from kg import pipeline
from kg.extract.extractor import Extractor
from kg.resources import sample_folder

DOCS = Path(__file__).resolve().parent.parent / "docs"


def test_the_page_of_the_command_is_what_its_help_says() -> None:
    page = runpy.run_path(str(DOCS / "commands.py"))["page"]
    assert (DOCS / "cli.md").read_text(encoding="utf-8") == page(), "run python docs/commands.py"


@pytest.mark.model
@pytest.mark.slow
def test_the_python_on_its_page_runs(
    shipped: Extractor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pipeline, "open_extractor", lambda *_: shipped)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "articles").symlink_to(sample_folder())
    parts = re.findall(r"```python\n(.*?)```", (DOCS / "python.md").read_text(encoding="utf-8"), re.DOTALL)
    exec("\n".join(parts), {})
    shown = capsys.readouterr().out
    assert "<Graph: " in shown
    assert "Acquisition: Adobe, Figma" in shown
    assert (tmp_path / "graph.html").exists()
    assert (tmp_path / "tables" / "events.csv").exists()
