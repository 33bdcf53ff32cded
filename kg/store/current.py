"""Find the store that holds the current graph of an output folder."""

from __future__ import annotations

import json
from pathlib import Path

from kg.errors import OutputError

CURRENT = "current.json"
STORE_PREFIX = "store-"


def read_current(folder: Path) -> dict[str, str]:
    """Return the base of the graph and the name of its store, a name that cannot lead out of the folder."""
    remedy = f"build one first: kg build SOURCE... -o {folder}"
    try:
        current = json.loads((folder / CURRENT).read_text(encoding="utf-8"))
        base, store = str(current["base"]), str(current["store"])
    except OSError as error:
        raise OutputError(str(folder), "holds no graph", remedy) from error
    except (ValueError, KeyError, TypeError) as error:
        raise OutputError(
            str(folder / CURRENT), "is damaged", remedy.replace("build one first", "build again")
        ) from error
    if not store.startswith(STORE_PREFIX) or Path(store).name != store:
        raise OutputError(str(folder / CURRENT), "names no store", remedy)
    return {"base": base, "store": store}
