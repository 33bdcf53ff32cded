"""The options that name a language model to be asked about what stays in doubt."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import F
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.extract.asking.setup import Asking

OPTIONS = (
    click.option(
        "--llm-url",
        metavar="URL",
        help="Ask a language model about sentences in doubt, at this OpenAI-compatible address. Sends it text.",
    ),
    click.option("--llm-model", metavar="NAME", help="The model's name on that server."),
    click.option("--llm-questions", type=int, metavar="N", help="Questions an article at most.  [default: 5]"),
    click.option("--llm-timeout", type=float, metavar="SECONDS", help="To wait for an answer.  [default: 60]"),
)


def asks_model(command: F) -> F:
    """Give a command the options, and their value as `asking`: None unless a model is named."""

    @wraps(command)
    def run(**given: Any) -> Any:
        names = {name: given.pop(f"llm_{name}") for name in ("url", "model", "questions", "timeout")}
        return command(**given, asking=_asking({name: value for name, value in names.items() if value is not None}))

    decorated: Callable[..., Any] = run
    for option in reversed(OPTIONS):
        decorated = option(decorated)
    return decorated  # type: ignore[return-value]


def _asking(given: dict[str, Any]) -> Asking | None:
    if not given:
        return None
    if not {"url", "model"} <= set(given):
        lacking = "--llm-model" if "url" in given else "--llm-url"
        raise UsageError(lacking, "missing", "asking a language model takes --llm-url and --llm-model")
    from kg.extract.asking.setup import Asking

    return Asking(**given)
