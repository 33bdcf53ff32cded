"""What tests of the command share: to run it, and to check how it fails."""

from __future__ import annotations

import sys
from pathlib import Path

from click.testing import CliRunner, Result

from kg.cli import main

KG = [sys.executable, "-c", "from kg.cli import main; main(prog_name='kg')"]
LINE_LENGTH = 400  # of a message


def run(*words: str | Path, text: str | None = None) -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(main, [str(word) for word in words], input=text, prog_name="kg")


def fails(result: Result, code: int, *messages: str) -> None:
    """Check that a command failed with one line that says what is wrong."""
    assert result.exit_code == code, result.output
    *above, line = result.stderr.strip().splitlines()
    assert all(other.startswith(("Usage: ", "Try '", "skipped ")) or not other for other in above)
    assert len(line) < LINE_LENGTH + sum(map(len, messages))
    assert all(message in line for message in messages), result.stderr
