"""Run builds that are disturbed. Started by tests as a program of its own: it loads the language model once and then
forks a process for each case, a line of JSON on standard input:

    {"sources": [...], "out": "...", "kill_at": "module:name", "nth": 1, "kill_after": seconds, "file_limit": bytes}

`kill_at` ends the process by SIGKILL just before the nth call of a function, `kill_after` after some time.
The answer is a line of JSON: {"killed": true} or {"error": "..."} or {"read": 3}.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Any

from kg import pipeline
from kg.errors import KgError
from kg.ontology import load_ontology

Case = dict[str, Any]


def main() -> None:
    settings = pipeline.Settings()
    extractor = pipeline.open_extractor(load_ontology(settings.folders), settings)
    pipeline.open_extractor = lambda *_: extractor
    for line in sys.stdin:
        answer(json.loads(line))


def answer(case: Case) -> None:
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.write(writer, json.dumps(build(case)).encode())
        os._exit(0)
    os.close(writer)
    if "kill_after" in case:
        threading.Timer(case["kill_after"], lambda: os.kill(child, signal.SIGKILL)).start()
    with os.fdopen(reader, "rb") as pipe:
        text = pipe.read()
    _, status = os.waitpid(child, 0)
    sys.stdout.write((json.dumps({"killed": True}) if os.WIFSIGNALED(status) else text.decode()) + "\n")
    sys.stdout.flush()


def build(case: Case) -> Case:
    if "kill_at" in case:
        set_trap(case["kill_at"], case.get("nth", 1))
    if "file_limit" in case:
        resource.setrlimit(resource.RLIMIT_FSIZE, (case["file_limit"], case["file_limit"]))
    try:
        report = pipeline.build(case["sources"], Path(case["out"]))
    except KgError as error:
        return {"error": str(error)}
    return {"read": report.read}


def set_trap(place: str, nth: int) -> None:
    """Have the process killed at the nth call of a function."""
    module_name, _, path = place.partition(":")
    owner = importlib.import_module(module_name)
    *above, name = path.split(".")
    for part in above:
        owner = getattr(owner, part)
    function, calls = getattr(owner, name), 0

    def trap(*args: Any, **options: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == nth:
            os.kill(os.getpid(), signal.SIGKILL)
            time.sleep(60)
        return function(*args, **options)

    setattr(owner, name, trap)


if __name__ == "__main__":
    main()
