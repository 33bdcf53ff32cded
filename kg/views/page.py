"""Make the page: one HTML file that holds everything, asks the network for nothing, and runs only our own scripts."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import networkx as nx
from markupsafe import Markup

from kg.errors import OutputError, UsageError
from kg.model import Knowledge
from kg.ontology import Ontology
from kg.resources import viz_folder
from kg.views.choice import (
    FOCI,
    WHOLE_UP_TO,
    Choice,
    busiest,
    choose,
    find,
    focus,
    rank,
    surroundings,
    to_direct_network,
    to_network,
)
from kg.views.dossier import Entry, entries
from kg.views.drawing import Drawing
from kg.views.layout import lay_out, size_of
from kg.views.legend import build_legend
from kg.views.scene import Scene, build_scene, entity_key
from kg.views.style import THEMES, Style, load_style

LIMIT = 300  # boxes on a page
TRIES = 3  # at the picture that a page opens on
# In the order in which they run; each may use what the ones before it define.
SCRIPTS = (
    "vis-network.min.js",
    *(
        f"{name}.js"
        for name in ("data", "state", "scope", "place", "canvas", "evidence", "legend", "search", "keys", "main")
    ),
)
STYLESHEET = "page.css"

Places = dict[str, tuple[int, int]]


def network_page(
    knowledge: Knowledge,
    ontology: Ontology,
    *,
    title: str,
    limit: int = LIMIT,
    about: str | None = None,
    depth: int = 1,
) -> str:
    """Return the HTML of the network page; the same input gives the same text.

    `about` keeps the surroundings of one entity or event (its id, label or alias) within `depth` events. At most
    `limit` boxes are drawn, the most central ones; the page says what is left out. Raises `UsageError` for an unknown
    name.
    """
    if limit < 1 or depth < 1:
        raise UsageError("view", "limit and depth must be 1 or more", "give a larger number")
    style = load_style(viz_folder() / "style.toml")
    scene = build_scene(knowledge, ontology, style)
    network = to_network(scene)
    centre = find(knowledge, about) if about else None
    if centre:
        network = surroundings(network, scene, centre, depth=depth)
    ranks = rank(network)
    choice = choose(network, scene, ranks, limit=limit)
    drawn = to_network(scene).subgraph(choice.keys)
    shown = entries(knowledge, ontology, choice.keys)
    drawing = Drawing(viz_folder() / "templates", _context(knowledge, ontology, title, style, choice, shown))
    tries = TRIES if len(drawn) <= WHOLE_UP_TO else 1
    drawing.draw(scene, style, lay_out(drawn, scene.boxes, tries=tries), _facts(knowledge, scene, shown))
    drawing.templateEnv.globals["extra"] = _extra(drawn, scene, style, ranks, centre)
    text: str = drawing.generate_html()
    return text.encode("utf-8", "replace").decode()  # half of a surrogate pair cannot be written as UTF-8


def write_page(path: Path, html: str) -> None:
    """Write a page as UTF-8. Raises `OutputError`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(html.encode("utf-8"))
    except OSError as error:
        raise OutputError(str(path), f"cannot be written: {error.strerror}", "choose another place") from error


def _context(
    knowledge: Knowledge, ontology: Ontology, title: str, style: Style, choice: Choice, shown: tuple[Entry, ...]
) -> dict[str, Any]:
    entities = [entity for entity in knowledge.entities if entity_key(entity.id) in choice.keys]
    scripts = [_script(name) for name in SCRIPTS]
    return {
        "title": title,
        "shown": shown,
        "legend": build_legend(shown, entities, knowledge.articles, ontology),
        "choice": choice,
        "scripts": scripts,
        "stylesheet": Markup(_asset(STYLESHEET)),
        "page_colours": style.page,
        "policy": _policy(scripts),
    }


def _facts(knowledge: Knowledge, scene: Scene, shown: Iterable[Entry]) -> dict[str, dict[str, Any]]:
    facts: dict[str, dict[str, Any]] = {}
    for entity in knowledge.entities:
        names = [name for name in entity.aliases if name != entity.label]
        facts[entity_key(entity.id)] = {"name": entity.label, "aliases": names}
    for entry in shown:
        facts[entry.key] = {
            "name": entry.title,
            "details": entry.details,
            "type": entry.type,
            "status": entry.status,
            "articles": list(entry.articles),
        }
    for key, row in facts.items():
        row["size"] = [round(side) for side in size_of(scene.boxes[key])]
    return facts


def _extra(
    network: nx.Graph[str], scene: Scene, style: Style, ranks: Mapping[str, float], centre: str | None
) -> dict[str, Any]:
    """Return what the scripts need besides boxes and links: drawings of surroundings, where to begin, colours."""
    ordered = busiest(network, scene, network)
    foci = [key for key in dict.fromkeys([centre, *ordered[:FOCI]]) if key and key in network]
    parts = {}
    if network.number_of_nodes() > WHOLE_UP_TO:
        parts = {key: focus(network, scene, key, ranks) for key in foci}
    start = next(iter(parts), "")
    return {
        "drawings": {
            key: lay_out(network.subgraph(part), scene.boxes, tries=TRIES if key == start else 1)
            for key, part in parts.items()
        },
        "direct": {
            key: lay_out(to_direct_network(scene, part), scene.boxes)
            for key, part in {**parts, "": frozenset(network)}.items()
        },
        "busiest": centre or next(iter(ordered), ""),
        "start": start,
        "palette": {theme: _palette(style, theme) for theme in THEMES},
    }


def _palette(style: Style, theme: str) -> dict[str, Any]:
    return {
        "page": style.page[theme],
        "event": {name: getattr(look, theme) for name, look in style.groups.items()},
        "entity": {name: getattr(look, theme) for name, look in style.kinds.items()},
        "round": {name: look.round for name, look in style.kinds.items()},
        "other": getattr(style.other, theme),
    }


def _asset(name: str) -> str:
    return (viz_folder() / "static" / name).read_text(encoding="utf-8")


def _script(name: str) -> Markup:
    """Return a script without the pointer to its source map, which we do not ship."""
    lines = _asset(name).splitlines()
    return Markup("\n".join(line for line in lines if not line.startswith("//# sourceMappingURL=")))


def _policy(scripts: Iterable[str]) -> str:
    """Return the Content-Security-Policy: nothing but our own scripts, by hash. vis-network writes style elements."""
    hashes = " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}'" for s in scripts)
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
