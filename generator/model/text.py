"""What is said to a customer, in each language."""

from collections.abc import Mapping
from dataclasses import dataclass

from generator.model.place import Place, written_at

Words = Mapping[str, str]
"""Plain words from outside by language, such as a plan's title: `{"en": "Team", "fr": "Équipe"}`."""


def words_in(words: Words, language: str) -> str:
    """The words in this language, in the one that it is a variant of, or in the first one that there is."""
    return next(filter(None, map(words.get, spellings(language))), "") or next(iter(words.values()), "")


def spellings(language: str) -> tuple[str, ...]:
    """A language and, where it is the variant of a country, the language itself: `pt-PT`, `pt`."""
    return tuple(dict.fromkeys((language, language.partition("-")[0])))


@dataclass(frozen=True)
class Phrase:
    """One sentence in one language as its author wrote it, with `{name, format}` and `[words](document)` unread."""

    language: str
    says: str
    place: Place = written_at()


@dataclass(frozen=True)
class Text:
    """The same thing said in several languages."""

    phrases: tuple[Phrase, ...]

    def phrase(self, language: str) -> Phrase | None:
        """The sentence in this language, or in the one that it is a variant of, if somebody wrote it."""
        said = (one for spelling in spellings(language) for one in self.phrases if one.language == spelling)
        return next(said, None)
