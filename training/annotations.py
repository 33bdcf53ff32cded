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
TEXT, PHRASE = "text", "at"  # a phrase; in its place where it stands in its sentence: start, end exclusive

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


def read_records(folder: Path) -> list[tuple[Record, Record]]:
    """Return the articles of a gold folder with their annotation."""
    articles = json.loads((folder / "articles.json").read_text(encoding="utf-8"))
    lines = (folder / "events.jsonl").read_text(encoding="utf-8").splitlines()
    gold = {row["id"]: row for row in map(json.loads, lines)}
    return [(article, gold[article["id"]]) for article in articles if article["id"] in gold]


def sentences_of(article: Record) -> list[tuple[int, str]]:
    """Return the number and text of each sentence, the title first."""
    return [(TITLE, article.get("title") or ""), *((s["i"], s["text"]) for s in article["sentences"])]


def pack_folder(folder: Path, target: Path) -> None:
    """Write the annotation of a gold folder without the texts."""
    packed = [pack(article, gold) for article, gold in read_records(folder)]
    target.write_text(_lines(sorted(packed, key=lambda record: str(record["id"]))), encoding="utf-8")


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
    events = [_each_phrase(event, article, _placed, TEXT, PHRASE) for event in gold["events"]]
    bounds = [[sentence["start"], sentence["end"]] for sentence in article["sentences"]]
    return {"id": article["id"], "sentences": bounds, "events": events, "entities": gold["entities"]}


def unpack(packed: Record, text: Record) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return article and annotation. `text` is the article's record in the corpus."""
    bounds = enumerate(packed["sentences"])
    sentences = [{"i": i, "start": start, "end": end, "text": text["text"][start:end]} for i, (start, end) in bounds]
    article = {**{key: text[key] for key in ("id", "date", "title", "text")}, "sentences": sentences}
    events = [_each_phrase(event, article, _worded, PHRASE, TEXT) for event in packed["events"]]
    return article, {"id": packed["id"], "events": events, "entities": packed["entities"]}


def _each_phrase(event: Record, article: Record, change: Phrases, old: str, new: str) -> dict[str, Any]:
    """Return an event with the trigger and all its fillers changed: what they have as `old` becomes `new`."""
    sentences = dict(sentences_of(article))

    def changed(filler: Record) -> dict[str, Any]:
        return change(dict(filler), sentences[filler["s"]])

    found = {**event, "trigger": change({old: event["trigger"]}, sentences[event["s"]])[new]}
    for key in ("roles", "said_by", "place"):
        if event.get(key):
            found[key] = [changed(filler) for filler in event[key]]
    if event.get("time"):
        found["time"] = changed(event["time"])
    return found


def _placed(filler: dict[str, Any], sentence: str) -> dict[str, Any]:
    phrase = filler.pop(TEXT)
    start = sentence.index(phrase)
    if filler.get("value") == {"text": phrase}:
        filler["value"] = {}
    return {PHRASE: [start, start + len(phrase)], **filler}


def _worded(filler: dict[str, Any], sentence: str) -> dict[str, Any]:
    start, end = filler.pop(PHRASE)
    phrase = sentence[start:end]
    if filler.get("value") == {}:
        filler["value"] = {"text": phrase}
    return {TEXT: phrase, **filler}


def _lines(records: Iterable[Record]) -> str:
    return "".join(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n" for record in records)


if __name__ == "__main__":
    main()
