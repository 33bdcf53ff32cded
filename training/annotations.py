"""Our annotation of corpus articles, kept without their texts: where a phrase stands, not what it says.

python -m training.annotations pack FOLDER FILE      # a gold folder -> FILE
python -m training.annotations unpack FILE FOLDER    # FILE and the corpus -> a gold folder

A gold folder holds `articles.json` and `events.jsonl`, as `kg evaluate` reads them.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus" / "wikinews-economy.jsonl"
TITLE = -1  # the number of the title among the sentences
PHRASE = "at"  # where a phrase stands in its sentence: start, end exclusive

Record = Mapping[str, Any]
Phrases = Callable[[dict[str, Any], str], dict[str, Any]]  # a filler and its sentence -> the filler, changed


def main() -> None:
    """Pack or unpack."""
    parser = argparse.ArgumentParser(description="Keep annotation apart from the texts, and join them again.")
    parser.add_argument("what", choices=("pack", "unpack"))
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    options = parser.parse_args()
    if options.what == "pack":
        pack_folder(options.source, options.target)
    else:
        unpack_file(options.source, options.corpus, options.target)


def pack_folder(folder: Path, target: Path) -> None:
    """Write the annotation of a gold folder without the texts."""
    articles = {article["id"]: article for article in json.loads((folder / "articles.json").read_text("utf-8"))}
    golds = map(json.loads, (folder / "events.jsonl").read_text("utf-8").splitlines())
    packed = sorted((pack(articles[gold["id"]], gold) for gold in golds), key=lambda record: str(record["id"]))
    target.write_text(_lines(packed), encoding="utf-8")


def unpack_file(source: Path, corpus: Path, folder: Path) -> None:
    """Write a gold folder of packed annotation and the corpus with the texts."""
    texts = {record["id"]: record for record in map(json.loads, corpus.read_text("utf-8").splitlines())}
    packed = list(map(json.loads, source.read_text("utf-8").splitlines()))
    pairs = [unpack(record, texts[record["id"]]) for record in packed]
    folder.mkdir(parents=True, exist_ok=True)
    articles = json.dumps([article for article, _ in pairs], ensure_ascii=False, indent=1)
    (folder / "articles.json").write_text(articles + "\n", encoding="utf-8")
    (folder / "events.jsonl").write_text(_lines(gold for _, gold in pairs), encoding="utf-8")


def pack(article: Record, gold: Record) -> dict[str, Any]:
    """Return the annotation of an article with places in place of phrases, and where its sentences stand."""
    sentences = _sentences(article)
    events = [_each_phrase(event, sentences, _placed) for event in gold["events"]]
    bounds = [[sentence["start"], sentence["end"]] for sentence in article["sentences"]]
    return {"id": article["id"], "sentences": bounds, "events": events, "entities": gold["entities"]}


def unpack(packed: Record, text: Record) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return article and annotation. `text` is the article's record in the corpus."""
    bounds = enumerate(packed["sentences"])
    sentences = [{"i": i, "start": start, "end": end, "text": text["text"][start:end]} for i, (start, end) in bounds]
    article = {**{key: text[key] for key in ("id", "date", "title", "text")}, "sentences": sentences}
    events = [_each_phrase(event, _sentences(article), _worded) for event in packed["events"]]
    return article, {"id": packed["id"], "events": events, "entities": packed["entities"]}


def _sentences(article: Record) -> dict[int, str]:
    return {TITLE: article["title"] or "", **{s["i"]: s["text"] for s in article["sentences"]}}


def _each_phrase(event: Record, sentences: Mapping[int, str], change: Phrases) -> dict[str, Any]:
    """Return an event with the trigger and all its fillers changed."""

    def changed(filler: Record) -> dict[str, Any]:
        return change(dict(filler), sentences[filler["s"]])

    trigger = change(
        {"text": event["trigger"]} if isinstance(event["trigger"], str) else {PHRASE: event["trigger"]},
        sentences[event["s"]],
    )
    found = {**event, "trigger": next(iter(trigger.values()))}
    for key in ("roles", "said_by", "place"):
        if event.get(key):
            found[key] = [changed(filler) for filler in event[key]]
    if event.get("time"):
        found["time"] = changed(event["time"])
    return found


def _placed(filler: dict[str, Any], sentence: str) -> dict[str, Any]:
    phrase = filler.pop("text")
    start = sentence.index(phrase)
    if filler.get("value") == {"text": phrase}:
        filler["value"] = {}
    return {PHRASE: [start, start + len(phrase)], **filler}


def _worded(filler: dict[str, Any], sentence: str) -> dict[str, Any]:
    start, end = filler.pop(PHRASE)
    phrase = sentence[start:end]
    if filler.get("value") == {}:
        filler["value"] = {"text": phrase}
    return {"text": phrase, **filler}


def _lines(records: Iterable[Record]) -> str:
    return "".join(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n" for record in records)


if __name__ == "__main__":
    main()
