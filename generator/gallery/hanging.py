"""Which exhibits hang in which language and theme."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from generator.gallery.exhibit import Exhibit
from generator.gallery.pairs import covering


@dataclass(frozen=True)
class Hung:
    """One file of the gallery."""

    exhibit: Exhibit
    theme: str
    language: str

    @property
    def file(self) -> str:
        """Where it lies in the gallery's folder."""
        return f"pages/{self.theme}/{self.language}/{self.exhibit.id}.html"


def everything(exhibits: Sequence[Exhibit], themes: Sequence[str], languages: Sequence[str]) -> Iterator[Hung]:
    """Each in all languages and themes."""
    for theme, language, exhibit in product(themes, languages, exhibits):
        yield Hung(exhibit, theme, language)


def enough(exhibits: Sequence[Exhibit], themes: Sequence[str], languages: Sequence[str]) -> Iterator[Hung]:
    """All of them in the first language and theme, and each page once in each of the others."""
    first = [(exhibit, (themes[0], languages[0])) for exhibit in exhibits]
    more = covering(exhibits, (themes, languages), lambda exhibit: exhibit.page, first)
    for exhibit, (theme, language) in dict.fromkeys((*first, *more)):
        yield Hung(exhibit, theme, language)
