"""Read `viz/style.toml`: the colour and shape of every group, kind and status."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import OutputError

THEMES = ("light", "dark")
SHAPES = ("box", "ellipse")
LOOKS = ("solid", "dashed", "dotted", "struck")
PAGE_COLOURS = ("paper", "ink", "line", "faint", "mark")
_COLOUR = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True, slots=True)
class Look:
    """How one group or kind is drawn: `#rrggbb` for each theme, and the box."""

    light: str
    dark: str
    shape: str = "box"
    round: int = 4


@dataclass(frozen=True, slots=True)
class Style:
    """The looks of a page. `page` gives the page's own colours by theme."""

    page: Mapping[str, Mapping[str, str]]
    groups: Mapping[str, Look]
    kinds: Mapping[str, Look]
    statuses: Mapping[str, str]
    other: Look

    def group(self, name: str) -> Look:
        """Return the look of a group of event types."""
        return self.groups.get(name, self.other)

    def kind(self, name: str) -> Look:
        """Return the look of a kind of entity."""
        return self.kinds.get(name, self.other)


def load_style(path: Path) -> Style:
    """Read a style file. Raises `OutputError` that lists all its faults at once."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise OutputError(str(path), f"cannot be read: {error}", "mend or reinstall it") from error
    faults = list(_faults(data))
    if faults:
        raise OutputError(str(path), "; ".join(faults), "mend the file (docs/views.md describes it)")
    return Style(
        page=data["page"],
        groups={name: Look(**row) for name, row in data["groups"].items()},
        kinds={name: Look(**row) for name, row in data["kinds"].items()},
        statuses=data["statuses"],
        other=Look(**data["other"]),
    )


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2 defines it, 1 to 21.

    >>> contrast("#000000", "#ffffff")
    21.0
    """
    low, high = sorted((_luminance(one), _luminance(other)))
    return round((high + 0.05) / (low + 0.05), 2)


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _faults(data: Mapping[str, Any]) -> Iterator[str]:
    missing = {"page", "groups", "kinds", "statuses", "other"} - data.keys()
    if missing:
        yield f"missing: {', '.join(sorted(missing))}"
        return
    for theme in THEMES:
        yield from _page_faults(theme, data["page"].get(theme, {}))
    for name, row in [*data["groups"].items(), *data["kinds"].items(), ("other", data["other"])]:
        yield from _look_faults(name, row)
    for name, look in data["statuses"].items():
        if look not in LOOKS:
            yield f"statuses.{name}: {look!r} is none of {', '.join(LOOKS)}"


def _page_faults(theme: str, row: Mapping[str, Any]) -> Iterator[str]:
    for name in PAGE_COLOURS:
        if not _COLOUR.fullmatch(str(row.get(name))):
            yield f"page.{theme}.{name}: want a colour like #1b69b6"


def _look_faults(name: str, row: Mapping[str, Any]) -> Iterator[str]:
    for theme in THEMES:
        if not _COLOUR.fullmatch(str(row.get(theme))):
            yield f"{name}.{theme}: want a colour like #1b69b6"
    if row.get("shape", "box") not in SHAPES:
        yield f"{name}.shape: {row['shape']!r} is none of {', '.join(SHAPES)}"
    if not isinstance(row.get("round", 0), int):
        yield f"{name}.round: want a whole number of pixels"
    yield from (f"{name}: unknown key {key!r}" for key in sorted(row.keys() - {*THEMES, "shape", "round"}))
