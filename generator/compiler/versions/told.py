"""Changes as text and as a page that stands by itself."""

from collections.abc import Sequence
from html import escape
from itertools import groupby

from generator.compiler.versions.change import HEADINGS, Change

_STYLE = """
:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}
h2{margin:2rem 0 .5rem}ul{padding:0;list-style:none}li{padding:.6rem 0;border-top:1px solid #8886}
code{font-size:.9em}small{display:block;opacity:.8}
"""


def text(changes: Sequence[Change]) -> str:
    """For a terminal or a log."""
    lines: list[str] = []
    for kind, some in groupby(changes, key=lambda change: change.kind):
        lines += ["", f"{HEADINGS[kind]}:"] if lines else [f"{HEADINGS[kind]}:"]
        for change in some:
            lines.append(f"  {change.workflow}: {change.says}" if change.workflow else f"  {change.says}")
            lines += [f"    for {change.witness}"] if change.witness else []
            lines += [f"    {change.hint}"] if change.hint else []
    return "\n".join(lines)


def html(changes: Sequence[Change], title: str) -> str:
    """One page, without anything from elsewhere."""
    body = []
    for kind, some in groupby(changes, key=lambda change: change.kind):
        body += [f"<h2>{HEADINGS[kind]}</h2>", "<ul>", *map(_item, some), "</ul>"]
    return "\n".join(
        [
            '<!doctype html><html lang="en"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width">',
            f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>",
            f"<h1>{escape(title)}</h1>",
            *(body or ["<p>Nothing changes for customers.</p>"]),
            "</body></html>",
        ]
    )


def _item(change: Change) -> str:
    workflow = f"<code>{escape(change.workflow)}</code>: " if change.workflow else ""
    beside = [f"For {change.witness}." if change.witness else "", change.hint]
    said = "".join(f"<small>{escape(words)}</small>" for words in beside if words)
    return f"<li>{workflow}{escape(change.says)}{said}</li>"
