"""A theme's folder: templates, texts by language, assets, and in `theme.yaml` which style sheets go together."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from generator.compiler import source
from generator.compiler.bake.phrases import Counted, Saying, Texts, collect
from generator.compiler.node import List, Map, Scalar
from generator.model.nearest import suggestion
from generator.model.place import Place
from generator.model.problem import Problem
from generator.model.text import Phrase


@dataclass(frozen=True)
class Theme:
    """`styles` are joined to one sheet in this order, `prints` to the one for paper; `texts` are by language."""

    name: str
    folder: Path
    label: str
    styles: tuple[str, ...]
    prints: tuple[str, ...]
    texts: Mapping[str, Texts]

    @property
    def templates(self) -> Path:
        return self.folder / "templates"

    @property
    def assets(self) -> Path:
        return self.folder / "assets"


def load(
    name: str, place: Place, places: tuple[Path, ...], languages: tuple[str, ...], problems: list[Problem]
) -> Theme | None:
    """The theme of this name, looked for in `places` in turn; `place` is where the definition names it."""
    folder = next((folder / name for folder in places if (folder / name / "theme.yaml").is_file()), None)
    if folder is None:
        names = sorted({file.parent.name for folder in places for file in folder.glob("*/theme.yaml")})
        says = f'there is no theme "{name}"'
        problems.append(Problem("unknown-theme", place, says, suggestion(name, names)))
        return None
    label = _label(folder)
    manifest = _read(folder / "theme.yaml", f"{label}/theme.yaml", problems)
    return Theme(
        name=name,
        folder=folder,
        label=label,
        styles=_names(manifest, "styles"),
        prints=_names(manifest, "prints"),
        texts={language: _texts(folder, label, language, problems) for language in languages},
    )


def reworded(theme: Theme, wordings: Mapping[str, Mapping[str, Phrase]], problems: list[Problem]) -> Theme:
    """The theme as the merchant has it say some things, in the languages that it speaks."""
    texts = {language: dict(said) for language, said in theme.texts.items()}
    for language, phrases in wordings.items():
        for key, phrase in phrases.items():
            _say(texts.get(language, {}), key, phrase, problems)
    return replace(theme, texts=texts)


def _say(texts: dict[str, Saying], key: str, phrase: Phrase, problems: list[Problem]) -> None:
    """In place of the theme's sentence of this key, or of the form that it has for some numbers."""
    above, _, form = key.rpartition(".")
    counted = texts.get(above)
    if isinstance(texts.get(key), Phrase):
        texts[key] = phrase
    elif isinstance(counted, Counted) and form in counted.forms:
        texts[above] = replace(counted, forms={**counted.forms, form: phrase})
    else:
        says = f'the theme has no text "{key}" to be said otherwise'
        problems.append(Problem("unknown-text", phrase.place, says, suggestion(key, texts)))


def _names(manifest: Map | None, key: str) -> tuple[str, ...]:
    """The files that the manifest lists under a key."""
    listed = manifest.get(key) if manifest else None
    items = listed.items if isinstance(listed, List) else ()
    return tuple(str(item.value) for item in items if isinstance(item, Scalar))


def _texts(folder: Path, label: str, language: str, problems: list[Problem]) -> Texts:
    path = folder / "texts" / f"{language}.yaml"
    if not path.is_file():
        spoken = sorted(file.stem for file in (folder / "texts").glob("*.yaml"))
        says = f"the theme does not speak {language}: there is no file for it"
        hint = f"write it beside the others ({', '.join(spoken)}), or take {language} out of `site.languages`"
        problems.append(Problem("missing-language", Place(f"{label}/texts/{language}.yaml", 1, 1), says, hint))
        return {}
    return collect(_read(path, f"{label}/texts/{language}.yaml", problems), language, problems)


def _read(path: Path, label: str, problems: list[Problem]) -> Map | None:
    reading = source.read(path, label)
    problems.extend(reading.problems)
    return reading.node if isinstance(reading.node, Map) else None


def _label(folder: Path) -> str:
    try:
        return str(folder.relative_to(Path.cwd()))
    except ValueError:
        return f"themes/{folder.name}"
