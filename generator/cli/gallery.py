"""`hosted-pages gallery`: every page of a definition in every state, as a site to look at."""

from pathlib import Path

import click

from generator import shipped, wiring
from generator.cli import definition, file_named
from generator.compiler import report
from generator.compiler.build import Built
from generator.compiler.pictures.titles import titles
from generator.gallery import hanging, looks
from generator.gallery.collection import collect
from generator.gallery.site.index import Gallery
from generator.gallery.site.write import NotAGallery, write
from generator.model.nearest import suggestion
from generator.model.problem import Problem


@click.command()
@definition.argument
@click.option(
    "--out", default="gallery", show_default=True, type=click.Path(path_type=Path), help="Where it is written."
)
@click.option("--theme", "themes", multiple=True, metavar="NAME", help="In this theme, too; may be said again.")
@click.option("--language", "more", multiple=True, metavar="TAG", help="In this language, too; may be said again.")
@click.option("--all", "everything", is_flag=True, help="Everything in every theme and language, along every path.")
def gallery(file: Path, out: Path, themes: tuple[str, ...], more: tuple[str, ...], everything: bool) -> int:
    """Show every page of a definition in every state that customers may meet it in, as a static site.

    Each state of each page is there in the definition's first language and its theme, and each page once in each of
    the others; `--all` makes all of them. People, prices and invoices are made up; what is sold is the catalog.yaml
    beside the definition, or else what the demo sells. Open gallery/index.html, or put the folder on any web server.
    """
    result = definition.built(file)
    click.echo(definition.counted(result, file), err=True)
    if result.made is None:
        return 1
    prices = result.prices or definition.priced(shipped.DEMO_CATALOG)
    if prices is None:
        return 1
    site, beside = result.made.site, file.parent
    names = _themes(site.look.theme, themes, everything, beside)
    tags = tuple(dict.fromkeys((*site.languages, *_spoken(more, site.look.theme, beside))))
    problems: list[Problem] = []
    dressed = tuple(_looks(result, file, names, tags, problems))
    if problems:
        file_named.say(report.text(problems, file_named.lines()))
    if not dressed:
        return 1
    collection = collect(site, prices, everything)
    hang = hanging.everything if everything else hanging.enough
    hung = tuple(hang(collection.exhibits, [look.theme for look in dressed], tags))
    try:
        write(Gallery(site, titles(site, beside), collection, dressed, hung, everything), out)
    except NotAGallery as fault:
        raise click.UsageError(f"{fault} has something else in it: name another folder with --out") from fault
    pages = report.count(len(collection.exhibits), "exhibit")
    click.echo(f"{pages} in {report.count(len(hung), 'file')}: open {out / 'index.html'}", err=True)
    click.echo(out / "index.html")
    return 0


def _themes(own: str, wanted: tuple[str, ...], everything: bool, beside: Path) -> tuple[str, ...]:
    known = looks.themes(beside)
    for name in wanted:
        if name not in known:
            raise click.UsageError(f'there is no theme "{name}"; {suggestion(name, known)}')
    return tuple(dict.fromkeys((own, *wanted, *(known if everything else ()))))


def _spoken(wanted: tuple[str, ...], theme: str, beside: Path) -> tuple[str, ...]:
    known = looks.spoken(theme, beside)
    for tag in wanted:
        if tag not in known:
            raise click.UsageError(f'the theme "{theme}" does not speak {tag}; {suggestion(tag, known)}')
    return wanted


def _looks(
    result: Built, file: Path, names: tuple[str, ...], tags: tuple[str, ...], problems: list[Problem]
) -> list[looks.Look]:
    """What was made already is not made again."""
    made = result.made
    assert made is not None, "what has problems is not looked at"
    wardrobe = looks.Wardrobe(made.site, file.parent, str(Path(file_named.label(file)).parent), wiring.kept_folder())
    own = tags == made.site.languages
    dressed = [looks.Look(names[0], tags, made.pages, made.assets)] if own else []
    for name in names[1:] if own else names:
        look = wardrobe.look(name, tags, problems)
        dressed += [look] if look else []
    return dressed
