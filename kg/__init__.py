"""Build a knowledge graph of corporate events from news articles.

```python
import kg

graph = kg.build(["news/"], out="out")
for event in graph.events(type="Acquisition"):
    print(event.label, event.status, event.claims[0].sentence.text)
graph.query("SELECT ?who ?what { ?who kg:builds ?what }")
graph.to_rdf()  # rdflib
graph.to_network()  # networkx
graph.view("graph.html")
```
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import KgError

if TYPE_CHECKING:
    from kg.extract.asking.setup import Asking
    from kg.graph import Graph

__all__ = ["KgError", "build", "open"]


def build(
    sources: Sequence[str | Path] | str | Path,
    out: str | Path = "out",
    *,
    model: str | None = None,
    ontology: Sequence[str | Path] = (),
    base: str | None = None,
    fetch: bool = False,
    min_confidence: float | None = None,
    asking: Asking | None = None,
) -> Graph:
    """Add the articles of the sources to the graph in `out` and return it. See `kg.pipeline.build`."""
    from kg.pipeline import Settings  # the language libraries take seconds to load; `import kg` does not
    from kg.pipeline import build as build_folder

    given: dict[str, Any] = {"model": model, "base": base, "min_confidence": min_confidence, "asking": asking}
    settings = Settings(
        ontology=tuple(Path(path) for path in ontology),
        fetch=fetch,
        **{k: v for k, v in given.items() if v is not None},
    )
    rows = [sources] if isinstance(sources, str | Path) else sources
    build_folder([str(source) for source in rows], Path(out), settings=settings)
    return open(out, ontology=ontology)


def open(folder: str | Path, *, ontology: Sequence[str | Path] = ()) -> Graph:
    """Open the graph that a build left in a folder. Raises `OutputError` if there is none."""
    from kg.graph import open_graph

    return open_graph(folder, ontology=ontology)
