"""Take mark-up out of text: blank HTML tags in place, or turn a piece of HTML into paragraphs."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_PARTS = ("address", "article", "aside", "blockquote", "figure", "footer", "header", "main", "p", "pre", "section")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LISTS = ("dd", "dl", "dt", "li", "ol", "table", "td", "th", "tr", "ul")
BLOCKS = frozenset(("br", "div", "hr", *_PARTS, *_HEADINGS, *_LISTS))
HIDDEN = frozenset(("script", "style", "template", "noscript", "iframe", "svg", "figcaption", "nav", "head"))

_TAG = re.compile(r"</?[A-Za-z][^<>]{0,2000}>|<!--(?:(?!-->)[^<]){0,2000}-->|&nbsp;")
_BLOCK_TAG = re.compile(r"</(?:p|div|li|h[1-6])>|<br\s*/?>|<p>", re.IGNORECASE)
_SPACES = re.compile(r"[^\S\n]+")


def has_tags(text: str) -> bool:
    """Tell whether a text is HTML: it has tags that make paragraphs."""
    return _BLOCK_TAG.search(text) is not None


def blank_tags(text: str) -> str:
    """Return the text with tags replaced by spaces, and by a line break at the end of a paragraph."""
    return _TAG.sub(lambda match: " " * (len(match[0]) - 1) + ("\n" if _BLOCK_TAG.fullmatch(match[0]) else " "), text)


def html_to_text(html: str) -> str:
    """Return the words of a piece of HTML, a paragraph a line.

    >>> html_to_text("<p>Acme &amp; Co.<br>opens</p><script>x()</script><p>a <b>plant</b></p>")
    'Acme & Co.\\nopens\\na plant'
    """
    parser = _Words()
    parser.feed(html)
    parser.close()
    lines = (_SPACES.sub(" ", line).strip() for line in "".join(parser.words).split("\n"))
    return "\n".join(line for line in lines if line)


class _Words(HTMLParser):
    """Collect the words between tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._hidden = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 (the base class's signature)
        if tag in HIDDEN and not self._hidden:
            self._hidden = tag
        if tag in BLOCKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._hidden:
            self._hidden = ""
        if tag in BLOCKS:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data.replace("\n", " "))
