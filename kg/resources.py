"""Where `ontology/`, `viz/` and `data/` live: at the top of a checkout, or inside the installed package."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _folder(name: str) -> Path:
    """Return the installed copy of a data folder if there is one, else the checkout's."""
    installed = _PACKAGE / "_data" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def ontology_folder() -> Path:
    """Return the folder of the ontology, its frames, gazetteers and named queries."""
    return _folder("ontology")


def viz_folder() -> Path:
    """Return the folder of page templates, scripts and styles."""
    return _folder("viz")


def sample_folder() -> Path:
    """Return the folder of the sample articles."""
    return _folder("data") / "articles"
