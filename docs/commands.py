"""Write docs/cli.md out of the commands' own help. Run it after a change to a command."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import main

PAGE = Path(__file__).with_name("cli.md")
WIDTH = 100
HELP = main.context_settings["help_option_names"]
HEAD = """# The command `kg`

Written by `docs/commands.py` out of what `kg COMMAND --help` shows.

Results go to standard output; progress, what was skipped and errors go to standard error. An error is one line: the
place, the problem, the remedy. A progress bar is shown on a terminal only. Exit codes:

| code | meaning |
| --- | --- |
| 0 | done |
| 1 | the data is not as asked: nothing could be read or written, OUT holds no graph, a graph does not conform |
| 2 | the command was used wrongly: an unknown name, a bad option, a missing source or model, faulty SPARQL |
| 130 | stopped by Ctrl-C; what was read is kept, and the same command goes on from there |

What a build leaves in OUT:

| file | what |
| --- | --- |
| `graph.ttl` | the graph as Turtle |
| `events.jsonl` | its events, one a line |
| `report.json` | the run: versions, time, counts, what was skipped and why; none of this is in the graph |
| `articles/` | what was read out of each article, so that a build reads only what is new |
| `answers.jsonl` | what a language model answered, if one was asked ([llm.md](llm.md)) |
| `store-…/`, `current.json` | the store that SPARQL runs on, and its name |

A build knows an article by its title, text and date: the same article in another file, or under another path, is
counted once. It knows the place of an article by its file and the id in it: when a file holds another text under the
same id, the former one goes out of the graph with its claims. An article whose file is gone, or is not named this time,
stays; build into another folder to be rid of it. A build that is killed leaves the old graph or the new one: run it
again. Give the same `--model`, `--base`, `--ontology` and `--min-confidence` each time. With another model, other rules
or another least confidence all articles are read again, with another base all IRIs change.

`--min-confidence` trades recall for precision: at 0.8 fewer events are found and more of them are right, at 0.3 the
other way round. What the figure means, and what each threshold costs, stands in [accuracy.md](accuracy.md). A graph
that is built holds the confidence of each event: SPARQL filters by `kg:confidence`, Python by
`graph.events(min_confidence=0.8)`.
"""


def page() -> str:
    """Return the page."""
    parts = [HEAD, *(_section(name, command) for name, command in main.commands.items())]
    return "\n".join(parts)


def _section(name: str, command: click.Command) -> str:
    above = click.Context(main, info_name="kg", terminal_width=WIDTH, max_content_width=WIDTH, help_option_names=HELP)
    context = click.Context(command, info_name=name, parent=above)
    return f"## kg {name}\n\n```\n{command.get_help(context)}\n```\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
