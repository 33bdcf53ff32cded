"""The pyvis network of a scene, in our own template: pyvis's runs script found in labels and loads from the web."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from pyvis.network import Network

from kg.views.layout import LINK_FONT
from kg.views.scene import FONT, Box, Link, Scene
from kg.views.style import Style

TEMPLATE = "network.html"
ENTITY_PADDING = {"top": 7, "bottom": 7, "left": 10, "right": 10}  # pixels; layout.PADDING is both sides together
WIDTHS = {"main": 2, "direct": 2, "side": 1, "context": 1}

_OPTIONS: Mapping[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "hideEdgesOnZoom": True,
        "hideEdgesOnDrag": True,
        "selectConnectedEdges": False,
        "hoverConnectedEdges": False,
        "keyboard": False,
    },
    "nodes": {
        "chosen": False,
        "margin": ENTITY_PADDING,
        "font": {"size": FONT, "face": "Arial, Helvetica, sans-serif"},
    },
    "edges": {
        "chosen": False,
        "smooth": False,
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.6}},
        "font": {"size": LINK_FONT, "face": "Arial, Helvetica, sans-serif", "align": "horizontal"},
    },
}
# What could end a script element or a line of script, as JSON escapes.
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


class Drawing(Network):  # type: ignore[misc] # pyvis has no types
    """A pyvis network with our template: autoescaped, data as a JSON block, nothing from the web."""

    def __init__(self, templates: Path, context: Mapping[str, Any]) -> None:
        super().__init__(directed=True, cdn_resources="in_line")
        self.templateEnv = Environment(
            loader=FileSystemLoader(templates),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.templateEnv.filters["json"] = json_block
        self.templateEnv.globals.update(context)
        self.path = TEMPLATE
        self.options = dict(_OPTIONS)

    def draw(self, scene: Scene, style: Style, places: Mapping[str, tuple[int, int]], facts: Mapping[str, Any]) -> None:
        """Add the boxes that have a place, and the links between them. `facts` adds what the page asks of a box."""
        for key in sorted(places):
            self._add_box(scene.boxes[key], style, places[key], facts.get(key, {}))
        for link in (*scene.links, *scene.direct):
            if link.source in places and link.target in places:
                self._add_link(link, [key for key in link.events if key in places])

    def _add_box(self, box: Box, style: Style, place: tuple[int, int], facts: Mapping[str, Any]) -> None:
        look = style.kind(box.family) if box.sort == "entity" else style.other
        self.add_node(
            box.key,
            label="\n".join(box.lines),
            shape=look.shape if box.sort == "entity" else "box",
            x=place[0],
            y=place[1],
            font={"size": box.font},
            sort=box.sort,
            family=box.family,
            look=box.look,
            conflict=box.conflict,
            title_lines=box.title_lines,
            **facts,
        )
        del self.nodes[-1]["color"]  # pyvis's default; the page colours boxes by theme

    def _add_link(self, link: Link, events: list[str]) -> None:
        if link.weight == "direct" and not events:
            return  # the events behind it are not on the page
        self.add_edge(
            link.source,
            link.target,
            id=f"link/{len(self.edges)}",
            label=link.label,
            width=WIDTHS[link.weight],
            look=link.look,
            weight=link.weight,
            events=events,
        )


def json_block(value: object) -> Markup:
    """Write a value as JSON that is safe inside a script element."""
    return Markup(json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).translate(_ESCAPES))
