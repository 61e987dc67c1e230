"""An exhibit becomes a page that stands for itself."""

from collections.abc import Mapping
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from generator.fill import fill
from generator.gallery.hanging import Hung
from generator.gallery.looks import Look
from generator.gallery.still import UP, still
from generator.locale import speech
from generator.model.pages import PARTS


@cache
def templates() -> Environment:
    """The gallery's own pages."""
    loader = PackageLoader("generator.gallery.site")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


PIECES = tuple(f".{name}.html" for name in PARTS)


def render(hung: Hung, look: Look, leads: Mapping[str, str], onward: str) -> str:
    """Its HTML. `leads` and `onward` are as in `still`."""
    exhibit, language = hung.exhibit, hung.language
    live, formats = exhibit.live(language), speech.formats(language)

    def filled(page: str) -> str:
        return fill(look.pages[language, page], live, formats)

    if exhibit.page.endswith(".txt"):
        subject = " ".join(" ".join(filled(page) for page in exhibit.beside).split())
        said = {"subject": subject, "words": filled(exhibit.page), "exhibit": exhibit, "up": UP}
        return templates().get_template("text.html").render(language=language, dir=speech.direction(language), **said)
    html = filled(exhibit.page)
    part = next((part for part in PIECES if exhibit.page.endswith(part)), None)
    if part is not None:
        html = _in_its_page(html, filled(f"{exhibit.page.removesuffix(part)}.html"), exhibit.page)
    return still(html, leads, onward)


def _in_its_page(part: str, whole: str, name: str) -> str:
    """A part by itself, dressed as the page that it belongs to."""
    head, _, rest = whole.partition("<body")
    body = rest.partition(">")[0]
    return f'{head}<body{body}>\n<main id="main">\n<h1>{name}</h1>\n{part}\n</main>\n</body>\n</html>\n'
