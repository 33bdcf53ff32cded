"""Score the extraction on collections that others annotated: `python -m benchmarks.other_gold`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.other_gold import report
from benchmarks.other_gold.analysis import Analysis, analyse, make_extractor
from benchmarks.other_gold.coreference import score_coreference
from benchmarks.other_gold.ecbplus import read_ecbplus
from benchmarks.other_gold.factuality import score_factuality
from benchmarks.other_gold.fire import read_fire
from benchmarks.other_gold.fresh import fresh
from benchmarks.other_gold.gold import GoldDocument, Sort
from benchmarks.other_gold.meantime import read_meantime
from benchmarks.other_gold.relations import score_relations
from benchmarks.other_gold.roles import score_roles
from benchmarks.other_gold.times import score_times

GOLD = Path(__file__).resolve().parents[2].parent / "shared" / "gold"
Scorer = Callable[[Sequence[Analysis]], Any]
Rows = Callable[[Any], Iterator[str]]

READERS: Mapping[str, tuple[str, Callable[[Path], Iterator[GoldDocument]]]] = {
    "meantime": ("meantime/meantime-dev.json", read_meantime),
    "fire": ("fire/fire_dev.json", read_fire),
    "ecbplus": ("ecbplus", read_ecbplus),
}
COREFERENCE: Mapping[str, tuple[Scorer, Rows]] = {
    "entity coreference": (lambda analyses: score_coreference(analyses, Sort.ENTITY), report.coreference_rows),
    "event coreference": (lambda analyses: score_coreference(analyses, Sort.EVENT), report.coreference_rows),
}
SCORES: Mapping[str, Mapping[str, tuple[Scorer, Rows]]] = {
    "meantime": {
        "roles": (score_roles, report.role_rows),
        "factuality": (score_factuality, report.factuality_rows),
        "times": (score_times, report.time_rows),
        **COREFERENCE,
    },
    "fire": {"relations": (score_relations, report.relation_rows)},
    "ecbplus": COREFERENCE,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Score the collections asked for and print the tables. Returns 2 if a collection is not there."""
    options = _options(arguments)
    missing = [str(path) for name in options.only for path in [options.gold / READERS[name][0]] if not path.exists()]
    if missing:
        print(f"{', '.join(missing)}: not there; give the folder that holds it with --gold", file=sys.stderr)
        return 2
    extractor = make_extractor()
    results: dict[str, dict[str, Any]] = {}
    for name in options.only:
        place, read = READERS[name]
        analyses = list(analyse(fresh(read(options.gold / place), options.gold), extractor))
        results[name] = {title: score(analyses) for title, (score, _) in SCORES[name].items()}
        print(f"{name}: {len(analyses)} documents\n\n{report.page(_sections(name, results[name]))}\n", flush=True)
    if options.json:
        text = json.dumps(report.plain(results), indent=1, ensure_ascii=False)
        options.json.write_text(text + "\n", encoding="utf-8")
    return 0


def _sections(name: str, results: Mapping[str, Any]) -> Iterator[tuple[str, Iterator[str]]]:
    for title, (_, rows) in SCORES[name].items():
        yield f"{name}: {title}", rows(results[title])


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.other_gold", description=__doc__)
    parser.add_argument("only", nargs="*", choices=[*READERS, []], default=[], help="collections to score; all if none")
    parser.add_argument("--gold", type=Path, default=GOLD, help="the folder that holds the collections")
    parser.add_argument("--json", type=Path, help="write all figures to this file")
    options = parser.parse_args(arguments)
    options.only = options.only or list(READERS)
    return options


if __name__ == "__main__":
    sys.exit(main())
