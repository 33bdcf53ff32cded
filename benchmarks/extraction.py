"""Compare the CPU of a whole build with that of the bare language model on the same texts.

    python benchmarks/extraction.py                       300 articles, three rounds
    python benchmarks/extraction.py --number 60 --rounds 1 --json result.json

Each round runs both sides one after the other, each in a fresh process, so that a busy machine slows both alike; the
order changes from round to round. The ratio is taken of the work, without loading the language model on either side;
that of the whole processes, start and loading included, stands beside it.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

import texts

HERE = Path(__file__).resolve().parent
NUMBER, ROUNDS = 300, 3
RATIO_LIMIT = 2.5  # a build may take this many times the CPU of the language model
MEMORY_LIMIT = 1500  # MB
KILOBYTES = 1 if sys.platform != "darwin" else 1024  # ru_maxrss counts bytes on a Mac
TABLE = "{:<34}{:>10}{:>10}{:>8}"


@dataclass(frozen=True, slots=True)
class Run:
    """One process: CPU seconds of its work, of loading the model, of all of it; peak memory in MB."""

    work: float
    loading: float
    whole: float
    memory: float
    figures: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Comparison:
    """All rounds. Ratios are medians over the rounds of build to pipe."""

    articles: int
    tokens: int
    pipe: Sequence[Run]
    build: Sequence[Run]
    parts: Mapping[str, float]

    @property
    def ratio(self) -> float:
        """Return how many times the language model's CPU the work of a build takes."""
        return median(build.work / pipe.work for pipe, build in zip(self.pipe, self.build, strict=True))

    @property
    def whole_ratio(self) -> float:
        """Return the same of the whole processes."""
        return median(build.whole / pipe.whole for pipe, build in zip(self.pipe, self.build, strict=True))

    @property
    def memory(self) -> float:
        """Return the peak memory of a build in MB."""
        return max(run.memory for run in self.build)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the comparison and print it. Returns 1 if a limit is broken."""
    options = _options(arguments)
    with tempfile.TemporaryDirectory() as folder:
        articles = Path(folder) / "articles.jsonl"
        texts.write(texts.choose(texts.read(options.source), options.number), articles)
        comparison = compare(articles, options.rounds)
    print(table(comparison))
    if options.json:
        options.json.write_text(json.dumps(_record(comparison), indent=1) + "\n", encoding="utf-8")
    return int(comparison.ratio > RATIO_LIMIT or comparison.memory > MEMORY_LIMIT)


def compare(articles: Path, rounds: int) -> Comparison:
    """Measure both sides in turn, then the parts of a build once."""
    runs: dict[str, list[Run]] = {"pipe": [], "build": []}
    for number in range(rounds):
        for side in sorted(runs, reverse=number % 2 == 0):
            runs[side].append(measure(side, articles))
    parts = measure("parts", articles).figures
    figures = runs["pipe"][0].figures
    return Comparison(figures["articles"], figures["tokens"], runs["pipe"], runs["build"], parts)


def measure(side: str, articles: Path) -> Run:
    """Run one side in a fresh process. Raises `CalledProcessError` if it fails."""
    command = [sys.executable, str(HERE / "sides.py"), side, str(articles)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=_environment()) as process:
        assert process.stdout is not None
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    figures = json.loads(output)
    return Run(
        work=figures.pop("work", 0.0),
        loading=figures.pop("loading", 0.0),
        whole=usage.ru_utime + usage.ru_stime,
        memory=usage.ru_maxrss / 1024 / KILOBYTES,
        figures=figures,
    )


def table(comparison: Comparison) -> str:
    """Return the result for people."""
    pipe, build = ([run.work for run in runs] for runs in (comparison.pipe, comparison.build))
    whole_pipe, whole_build = ([run.whole for run in runs] for runs in (comparison.pipe, comparison.build))
    events = comparison.build[0].figures.get("events", 0)
    rows = [
        f"{comparison.articles} articles, {comparison.tokens} tokens, {events} events, {len(pipe)} rounds; CPU seconds",
        TABLE.format("", "model", "build", "ratio"),
        TABLE.format("work", f"{median(pipe):.1f}", f"{median(build):.1f}", f"{comparison.ratio:.2f}"),
        TABLE.format(
            "whole process", f"{median(whole_pipe):.1f}", f"{median(whole_build):.1f}", f"{comparison.whole_ratio:.2f}"
        ),
        f"peak memory of a build: {comparison.memory:.0f} MB (limit {MEMORY_LIMIT}); limit of the ratio: {RATIO_LIMIT}",
        "",
        *_part_rows(comparison.parts),
    ]
    return "\n".join(rows)


def _part_rows(parts: Mapping[str, float]) -> list[str]:
    """Return one row a part: CPU seconds, and their share of what the language model takes in the same run."""
    model = parts["language model"]
    rows = [TABLE.format(name, "", f"{seconds:.2f}", f"{seconds / model:.3f}") for name, seconds in parts.items()]
    return [TABLE.format("part, in one run", "", "seconds", "ratio"), *rows]


def _record(comparison: Comparison) -> dict[str, Any]:
    results = {"ratio": comparison.ratio, "whole ratio": comparison.whole_ratio, "memory": comparison.memory}
    versions = {name: version(name) for name in ("spacy", "pyoxigraph")} | {"python": platform.python_version()}
    return results | {"machine": platform.processor() or platform.machine(), "versions": versions} | asdict(comparison)


def _environment() -> dict[str, str]:
    """Let both sides use one thread, so that CPU time is not spent on waiting for others."""
    return {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": str(HERE.parent), "PYTHONHASHSEED": "0"}


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("source", nargs="?", type=Path, default=texts.default_source(), help="articles to choose from")
    parser.add_argument("--number", type=int, default=NUMBER, help="how many articles")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often to run each side")
    parser.add_argument("--json", type=Path, help="write all figures to this file")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
