"""The files beside a definition that say its texts, one for each language: `texts/fr.yaml`."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from generator import later, shipped
from generator.compiler import checks, graft, shape, source
from generator.compiler.ignores import Ignore
from generator.compiler.link import WORDINGS, words
from generator.compiler.node import Entry, Map, Scalar
from generator.locale import speech
from generator.model.nearest import nearest
from generator.model.problem import Problem, Related
from generator.model.text import spellings

FOLDER = "texts"
ENDS = (".yaml", ".yml")
SCHEMA = shipped.SCHEMAS / "texts.schema.json"

THEME = "theme"
"""The key of a file of texts under which it says otherwise what the theme says."""

DEFAULT = shipped.DEFAULT_TEXTS
"""What the default definition says itself, in languages beyond those that stand in it."""

INLINE = ("en", "fr")
"""In which languages the default definition says everything itself."""

_NOTHING = "write texts in it, or take the file away"


def spoken(definition: Map, own: Map, path: Path, label: str, problems: list[Problem], ignores: list[Ignore]) -> Map:
    """The definition with all that is said beside it.

    `own` is what its own file says, without what it extends; problems call that file `label`.
    """
    languages = words.strings(words.below(definition, "site", "languages"))
    beside = files(path)
    if path.resolve() == shipped.DEFAULT_DEFINITION:  # what lies beside the default waits for whoever extends it
        beside = [file for file in beside if file.stem in languages]
    said: dict[str, Map] = {}
    for file in beside:
        name = str(Path(label).parent / FOLDER / file.name)
        reading = source.read(file, name)
        wrong = [*_wrong(reading), *checks.of_file(reading.text, name)]
        problems += wrong
        ignores += reading.ignores
        if not isinstance(reading.node, Map) or any(problem.severity == "error" for problem in wrong):
            continue
        if file.stem not in languages:
            problems.append(_unspoken(reading.node, file.stem, languages))
        elif first := said.get(file.stem):
            says = f"there are two files for what is said in {file.stem}"
            related = (Related(first.place, "this is the other one"),)
            problems.append(Problem("said-twice", reading.node.place, says, "make one of the two", related=related))
        else:
            said[file.stem] = reading.node
            ours = {name: entry for name, entry in reading.node.entries.items() if name != THEME}
            definition = graft.graft(definition, own, Map(ours, reading.node.place), file.stem, problems)
    return _reworded(definition, said)


def default_spoken(default: Map, own: Map, problems: list[Problem]) -> Map:
    """The default definition with what it says in the languages of the definition that extends it: no other is read."""
    for language in words.strings(words.below(own, "site", "languages")):
        files = (DEFAULT / f"{spelling}.yaml" for spelling in spellings(language))
        if file := next(filter(Path.is_file, files), None):
            reading = source.read(file, str(file))
            problems += reading.problems
            if isinstance(reading.node, Map):
                default = graft.graft(default, Map({}, default.place), reading.node, language, problems)
    return default


def speaks_default(language: str) -> bool:
    """Whether the default definition says all of it in this language: in the definition itself, or beside it."""
    return any(spelling in INLINE or (DEFAULT / f"{spelling}.yaml").is_file() for spelling in spellings(language))


def _reworded(definition: Map, said: Mapping[str, Map]) -> Map:
    """With what is said otherwise than the theme says it, by language: no file of a merchant's has such a key."""
    otherwise = {
        language: Entry(Scalar(language, entry.key.place), entry.node)
        for language, node in said.items()
        if (entry := node.entries.get(THEME))
    }
    key = Scalar(WORDINGS, definition.place)
    return Map({**definition.entries, WORDINGS: Entry(key, Map(otherwise, definition.place))}, definition.place)


def files(path: Path) -> list[Path]:
    """Those that there are, by their names."""
    folder = path.parent / FOLDER
    return sorted(file for file in folder.iterdir() if file.suffix in ENDS) if folder.is_dir() else []


def written(beside: Path, language: str) -> Path | None:
    """The file that says what a definition says in this language, where there is one; `beside` is its folder."""
    names = (beside / FOLDER / f"{language}{end}" for end in ENDS)
    return next((file for file in names if file.is_file()), None)


def _wrong(reading: source.Reading) -> Iterator[Problem]:
    """What is wrong with one of them in itself."""
    for problem in reading.problems:
        yield replace(problem, hint=_NOTHING) if problem.code == "empty-file" else problem
    if isinstance(reading.node, Map):
        if not any(problem.severity == "error" for problem in reading.problems):
            yield from shape.check(reading.node, SCHEMA)
    elif reading.node is not None:
        yield Problem("wrong-type", reading.node.place, "the file must be a map, and this is not", _NOTHING)


def _unspoken(said: Map, language: str, languages: tuple[str, ...]) -> Problem:
    try:
        speech.locale_of(language)
    except ValueError:
        return _no_language(said, language, languages)
    near = nearest(language, languages) or next((one for one in languages if one == language.partition("-")[0]), "")
    says = f'the site does not speak "{language}": nothing that this file says is shown'
    rename = f"call the file {near}.yaml, or " if near else ""
    hint = f"{rename}add {language} to `site.languages`"
    return Problem("language-not-spoken", said.place, says, hint, "warning")


def _no_language(said: Map, name: str, languages: tuple[str, ...]) -> Problem:
    code = later.load("generator.locale.meant:meant")(name)
    says = f'the file is called by the language that it is in, and "{name}" is none that anybody is known to speak'
    add = "" if code in languages else f", and add {code} to `site.languages`"
    hint = f"call it {code}.yaml{add}" if code else f"call it by its code, such as {languages[0]}.yaml or pt-BR.yaml"
    return Problem("unknown-language", said.place, says, hint)
