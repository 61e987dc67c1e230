"""What a language that is brought does not say yet: how much of it, where, and what comes first."""

from collections.abc import Iterator
from pathlib import Path

from generator.compiler import source
from generator.compiler.node import Map
from generator.compiler.spoken import FOLDER, THEME, speaks_default, written
from generator.compiler.tongue import wanted
from generator.model.place import Place
from generator.model.problem import Problem
from generator.model.site import Site

MOST_PLACES = 5
MOST_KEYS = 3
"""How many are named: who translates works in the file, which has them all."""


def check(site: Site, definition: Map, beside: Path, label: str) -> Iterator[Problem]:
    """Told once for each language, in its file: the definition's folder is `beside`, and problems call it `label`."""
    for language in site.languages:
        tree = wanted.tree(site, definition, beside, language)
        if speaks_default(language) and THEME not in tree:
            continue  # what is missing of one that is shipped is told text by text, where it stands
        file = written(beside, language)
        keys = wanted.unsaid(tree, source.read(file, file.name).node if file else None)
        if keys and (file or THEME not in tree):  # without any file the theme tells that it does not speak it
            place = Place(str(Path(label) / FOLDER / (file.name if file else f"{language}.yaml")), 1, 1)
            hint = f"`hosted-pages texts {language} --write` puts them into the file, each with what it says elsewhere"
            yield Problem("missing-text", place, _says(keys, language), hint)


def _says(keys: list[tuple[str, ...]], language: str) -> str:
    """`59 texts are not said in sv: theme.faults (3): title, required, too_short; workflows.pay_invoice (1): title`."""
    parts: dict[str, list[str]] = {}
    for key in keys:
        parts.setdefault(".".join(key[:2]), []).append(".".join(key[2:]) or key[-1])
    named = [f"{part} ({len(names)}): {_first(names)}" for part, names in list(parts.items())[:MOST_PLACES]]
    more = f"; and below {len(parts) - MOST_PLACES} other keys" if len(parts) > MOST_PLACES else ""
    return f"{counted(len(keys))} not said in {language}: {'; '.join(named)}{more}"


def counted(texts: int) -> str:
    """`1 text is`, `59 texts are`: the beginning of a sentence."""
    return "1 text is" if texts == 1 else f"{texts} texts are"


def _first(names: list[str]) -> str:
    return f"{', '.join(names[:MOST_KEYS])}{', …' if len(names) > MOST_KEYS else ''}"
