"""Annotated articles for tests: a small one made by hand, and predictions that stray from gold in every way."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

from kg.model import Status

Record = dict[str, Any]

ID = "norvik"
TITLE = "Norvik Motors buys a battery maker"
SENTENCES = (
    "Norvik Motors agreed on Monday to buy Halden Cells for $1.5 billion.",
    "Norvik will cut 300 jobs in Gothenburg, chief executive Anna Lind said.",
    "Its revenue fell 4.5 percent.",
    "Analysts expect the deal to close in 2025.",
)
BUY: Record = {
    "type": "Acquisition",
    "s": 0,
    "trigger": "buy",
    "also": [3],
    "roles": [
        {"role": "acquirer", "text": "Norvik Motors", "s": 0, "entity": "Norvik Motors"},
        {"role": "target", "text": "Halden Cells", "s": 0, "entity": "Halden Cells"},
        {"role": "price", "text": "$1.5 billion", "s": 0, "value": {"amount": 1_500_000_000, "currency": "USD"}},
    ],
    "status": "announced",
    "time": {"text": "2025", "s": 3, "edtf": "2025"},
    "place": [],
}
CUT: Record = {
    "type": "Layoffs",
    "s": 1,
    "trigger": "cut",
    "also": [],
    "roles": [
        {"role": "employer", "text": "Norvik", "s": 1, "entity": "Norvik Motors"},
        {"role": "count", "text": "300", "s": 1, "value": {"count": 300}},
    ],
    "status": "planned",
    "said_by": [{"text": "chief executive Anna Lind", "s": 1, "entity": "Anna Lind"}],
    "place": [{"text": "Gothenburg", "s": 1, "entity": "Gothenburg"}],
}
FALL: Record = {
    "type": "RevenueChange",
    "s": 2,
    "trigger": "revenue",
    "also": [],
    "roles": [{"role": "agent", "text": "Its", "s": 2, "entity": "Norvik Motors"}],
    "status": "happened",
    "place": [],
    "optional": True,
}
ENTITIES: list[Record] = [
    {"name": "Norvik Motors", "kind": "Organization", "aliases": ["Norvik"], "nominals": ["the carmaker"]},
    {"name": "Halden Cells", "kind": "Organization", "aliases": [], "nominals": []},
    {"name": "Gothenburg", "kind": "Place", "aliases": [], "nominals": []},
    {"name": "Anna Lind", "kind": "Person", "aliases": ["Lind"], "nominals": []},
]


def hand_made() -> tuple[list[Record], list[Record]]:
    """Return the articles and the annotation of the small gold."""
    spans, start = [], 0
    for number, text in enumerate(SENTENCES):
        spans.append({"i": number, "start": start, "end": start + len(text), "text": text})
        start += len(text) + 1
    text = " ".join(SENTENCES)
    articles = [{"id": ID, "date": "2024-06-15", "title": TITLE, "text": text, "sentences": spans}]
    return articles, [{"id": ID, "events": [BUY, CUT, FALL], "entities": ENTITIES}]


def read_folder(folder: Path) -> tuple[list[Record], list[Record]]:
    """Return the articles and the annotation of a gold folder, as they stand there."""
    lines = (folder / "events.jsonl").read_text(encoding="utf-8").splitlines()
    return json.loads((folder / "articles.json").read_text(encoding="utf-8")), [json.loads(line) for line in lines]


def write_gold(folder: Path, articles: object, lines: Sequence[object]) -> Path:
    """Write a gold folder and return it."""
    folder.mkdir(exist_ok=True)
    (folder / "articles.json").write_text(json.dumps(articles), encoding="utf-8")
    return write_lines(folder / "events.jsonl", lines).parent


def write_lines(path: Path, rows: Sequence[object]) -> Path:
    """Write a file of JSON lines and return it."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def faithful(articles: Sequence[Record], lines: Sequence[Record]) -> list[Record]:
    """Return the predictions of one who finds all that gold has, and nothing else."""
    sentences = {article["id"]: article["sentences"] for article in articles}
    return [prediction(event, line["id"], sentences[line["id"]]) for line in lines for event in line["events"]]


def prediction(event: Record, article: str, sentences: Sequence[Record]) -> Record:
    """Return the record of an event that was found as gold has it."""

    def at(number: int, text: str) -> Record:
        if number < 0:
            return {"text": text, "start": -len(text), "end": 0}
        start = sentences[number]["start"] + max(sentences[number]["text"].find(text), 0)
        return {"text": text, "start": start, "end": start + len(text)}

    def filler(item: Record) -> Record:
        entity = item.get("entity")
        return at(item["s"], item["text"]) | ({"label": entity} if entity else {"value": dict(item.get("value", {}))})

    places = [filler(place) | {"role": "place"} for place in event.get("place", []) if "entity" in place]
    return {
        "article": article,
        "type": event["type"],
        "status": event["status"],
        "confidence": 0.9,
        "trigger": at(event["s"], event["trigger"]),
        "mentions": [at(number, "") for number in event.get("also", [])],
        "roles": [*(filler(role) | {"role": role["role"]} for role in event["roles"]), *places],
        "said_by": [filler(source) for source in event.get("said_by", [])],
        "time": dict(event.get("time") or {}),
    }


def strayed(articles: Sequence[Record], lines: Sequence[Record], types: Sequence[str], seed: int) -> list[Record]:
    """Return predictions that drop, repeat, invent, rename and change at random what gold has."""
    random = Random(seed)
    names = {line["id"]: line["entities"] for line in lines}
    rows = [deepcopy(row) for row in faithful(articles, lines) for _ in range(random.choice((0, 1, 1, 1, 1, 2)))]
    for row in rows:
        _stray(row, names[row["article"]], types, random)
    random.shuffle(rows)
    return rows


def _stray(row: Record, entities: Sequence[Record], types: Sequence[str], random: Random) -> None:
    row["confidence"] = round(random.random(), 3)
    if random.random() < 0.15:
        row["type"] = random.choice(types)
    if random.random() < 0.2:
        row["status"] = random.choice(list(Status)).value
    if random.random() < 0.25:
        row["trigger"]["start"] += random.randint(-400, 400)
    if random.random() < 0.2:
        row["mentions"] = []
    row["roles"] = [role for role in row["roles"] if random.random() < 0.85]
    row["roles"] += [dict(random.choice(row["roles"])) for _ in row["roles"][:1] if random.random() < 0.2]
    row["time"] = random.choice((row["time"], row["time"], *_other_times(row["time"])))
    for item in [*row["roles"], *row["said_by"]]:
        _change(item, entities, random)
    if random.random() < 0.1:
        row["roles"].append({"role": "time", "text": "2024", "value": {"edtf": "2024"}})


def _other_times(time: Record) -> Iterator[Record]:
    edtf = time.get("edtf", "2024-05")
    yield {}
    yield {"edtf": edtf.replace("Q1", "33").replace("Q3", "35").replace("H2", "41")}
    yield {"edtf": f"{edtf}/{edtf}"}
    yield {"edtf": edtf[:4]}
    yield {"edtf": f"{edtf}?"}


def _change(item: Record, entities: Sequence[Record], random: Random) -> None:
    if item.get("label"):
        entity = random.choice([one for one in entities if one["name"] == item["label"]] or list(entities))
        others = [
            *entity["aliases"],
            *entity["nominals"],
            random.choice(entities)["name"],
            f"the {entity['name']} Ltd.",
        ]
        item["label"] = random.choice((item["label"], item["label"], *others))
        item["text"] = random.choice((item["text"], item["label"], ""))
    for name in ("amount", "percent", "count", "number"):
        value = item.get("value", {})
        if name in value and not isinstance(value[name], list):
            value[name] *= random.choice((1, 1, 1, 1.005, 0.99, 1.02, 1000))
    if item.get("value", {}).get("currency"):
        item["value"]["currency"] = random.choice((item["value"]["currency"], "EUR"))
    if "count" in item.get("value", {}) and random.random() < 0.3:
        item["value"]["number"] = item["value"].pop("count")
    if "text" in item.get("value", {}):
        words = item["value"]["text"].split()
        item["value"] = {"text": " ".join(word for word in words if random.random() < 0.8)}
