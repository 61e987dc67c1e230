"""`hosted-pages texts`: all that is to be said in a language, written out for whoever translates."""

from pathlib import Path

import click

from generator.cli import definition, file_named
from generator.compiler import source
from generator.compiler.draft import said_of
from generator.compiler.spoken import FOLDER, written
from generator.compiler.tongue import lacking, wanted, writing
from generator.locale import speech
from generator.locale.meant import meant
from generator.model.site import Site


@click.command()
@click.argument("language")
@definition.argument
@click.option("--write", is_flag=True, help="Into texts/LANGUAGE.yaml beside the definition, not to stdout.")
def texts(language: str, file: Path, write: bool) -> int:
    """Write out all that is to be said in LANGUAGE, each sentence with what it says in one that is spoken already.

    What texts/LANGUAGE.yaml says is kept as it is, and what it lacks is put in at its place, to be filled in. Of a
    language that the theme speaks, only what the definition says is missing.
    """
    try:
        speech.locale_of(language)
    except ValueError as unknown:
        code = meant(language)
        such = code or "such as sv or pt-PT"
        raise click.UsageError(
            f'"{language}" is no language that anybody is known to speak: write its code, {such}'
        ) from unknown
    site, said = definition.site(file), said_of(file, file_named.label(file))
    if site is None or said is None:
        return 1
    beside = written(file.parent, language) or file.parent / FOLDER / f"{language}.yaml"
    there = source.read(beside, str(beside)) if beside.is_file() else source.Reading()
    tree = wanted.tree(site, said, file.parent, language)
    whole = writing.filled(there.text, tree) if there.text else writing.begun(tree, language)
    if not write:
        file_named.say(whole, newline=False)
    elif tree:
        beside.parent.mkdir(exist_ok=True)
        beside.write_text(whole, encoding="utf-8")
        click.echo(beside)
    click.echo(_summary(len(wanted.unsaid(tree, there.node)), language, site), err=True)
    return 0


def _summary(missing: int, language: str, site: Site) -> str:
    lacks = f"{lacking.counted(missing)} missing in {language}" if missing else f"nothing is missing in {language}"
    return lacks if language in site.languages else f"{lacks}; add {language} to `site.languages` to have it spoken"
