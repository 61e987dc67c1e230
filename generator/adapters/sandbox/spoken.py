"""The bank's page in a language: it is one page, and what it says is in a file for each language."""

import re
import tomllib
from functools import cache
from html import escape
from pathlib import Path

from generator.bundle import pagefile
from generator.locale.speech import direction
from generator.model.page import Body

PAGES = Path(__file__).parent / "pages"
TEXTS = Path(__file__).parent / "texts"

LANGUAGES = frozenset(file.stem for file in TEXTS.glob("*.toml"))

_MARK = re.compile("«([a-z0-9_]+)(?:[|]([^»]+))?»")
"""Where a text stands, and how: in `words` where no element can be, with `strong` amounts, or with an example."""


@cache
def page(language: str) -> Body:
    """The page as it is kept until it is filled; `language` is one that the bank speaks."""
    said = tomllib.loads((TEXTS / f"{language}.toml").read_text("utf-8"))
    said |= {"language": language, "direction": direction(language)}
    html = (PAGES / "bank.html").read_text("utf-8")
    return pagefile.read(_MARK.sub(lambda found: _written(said[found[1]], found[2] or "text"), html))


def _written(said: str, how: str) -> str:
    """The text with the places of what is filled in."""
    within = "words" if how == "words" else "text"
    amount = f"⟦now.amount|money|{within}⟧"
    places = {
        "{amount}": f"<strong>{amount}</strong>" if how == "strong" else amount,
        "{shop}": f"⟦now.shop||{within}⟧",
        "{example}": f'<code dir="ltr">{how}</code>',
    }
    words = re.sub(r"\*([^*]+)\*", r"<strong>\1</strong>", escape(said, quote=False))
    return re.sub(r"\{\w+\}", lambda found: places[found[0]], words)
