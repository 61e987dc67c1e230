"""Whether everything that customers read is said in every language."""

from collections.abc import Iterator

from generator.compiler.catalog.values import Said
from generator.locale import speech
from generator.model.problem import Problem


def check(texts: list[Said], spoken: tuple[str, ...]) -> Iterator[Problem]:
    """`spoken` are the languages of the pages; where nothing is known of them, what one text has the others should.

    Who reads another language sees the first one that there is: a pity, and no reason to sell nothing.
    """
    languages = spoken or tuple(dict.fromkeys(language for said in texts for language in said.languages))
    for said in texts:
        for language in said.languages:
            if not _known(language):
                says = f'"{language}" is no language that anybody is known to speak'
                yield Problem("unknown-language", said.place, says, "write its code, such as `en` or `pt-BR`")
        missing = [language for language in languages if language not in said.languages]
        if missing:
            says = f"{said.of} is not said in {' and '.join(missing)}"
            hint = f"add `{missing[0]}: …` beside it"
            yield Problem("missing-translation", said.place, says, hint, "warning")


def _known(language: str) -> bool:
    try:
        speech.locale_of(language)
    except ValueError:
        return False
    return True
