"""`hosted-pages check`: everything that is wrong with a definition, before a customer finds it."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from generator import wiring
from generator.cli import file_named
from generator.compiler import memory, sweeping
from generator.compiler.memory import Memory, Verdict
from generator.compiler.report import as_text, summary
from generator.compiler.report.run import Checked, Run, checked

FORMATS = {
    "json": "generator.compiler.report.as_json:render",
    "sarif": "generator.compiler.report.as_sarif:render",
    "junit": "generator.compiler.report.as_junit:render",
    "github": "generator.compiler.report.as_github:render",
}
"""Loaded when they are asked for. The one for people, `text`, is always here."""

_FILE = click.Path(path_type=Path, readable=False)
"""A file that nobody may read is a problem with its name, like one that is not there."""


@click.command()
@click.argument("files", nargs=-1, type=_FILE, metavar="[FILE]...")
@click.option(
    "--format", "form", default="text", show_default=True, type=click.Choice(["text", *FORMATS]), help="How to say it."
)
@click.option("--fix", is_flag=True, help="Mend what there is but one way to mend, then say what is left.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@click.option("--baseline", type=_FILE, metavar="FILE", help="Problems that are known and do not fail.")
@click.option("--write-baseline", is_flag=True, help="Write what is wrong now to the baseline.")
@click.option("--against", "ref", metavar="REF", help="Tell what changes for customers against this version, too.")
@click.option("--strict", is_flag=True, help="A warning fails too.")
def check(
    files: tuple[Path, ...],
    form: str,
    fix: bool,
    diff: bool,
    baseline: Path | None,
    write_baseline: bool,
    ref: str | None,
    strict: bool,
) -> int:
    """Say everything that is wrong with definitions, each with its place and what to write instead.

    FILE is workflows.yaml where none is named; a catalog.yaml and the files in texts/ beside it are checked with it. A
    catalog may be named alone; a file of texts stands for its definition. The report goes to stdout, how it went to
    stderr. A comment `# ignore[code] reason` behind a line, or on a line of its
    own above it, leaves a warning untold.

    REF is a branch, a tag or a commit of git, at which the same file is read, or the path of another file or folder.

    Exit code 0: nothing to mend; 1: there are problems; 2: not used rightly; 3: a bug of ours.
    """
    if write_baseline and baseline is None:
        raise click.UsageError("say where: --baseline FILE --write-baseline")
    if fix and diff:
        raise click.UsageError("--diff changes nothing and --fix does: take one of them")
    if diff and ref is not None:
        raise click.UsageError("--diff shows what --fix would change, whatever was before: take --against without it")
    if not files:
        files = (Path(file_named.DEFAULT_FILE),)
        file_named.there(files[0])
    files = tuple(map(file_named.whole, files))
    if diff:
        return _differs(files)
    built = list(_built(files, fix, ref))
    lines = file_named.lines()
    run = Run(tuple(checked(label, result.problems, result.ignored, lines) for label, result in built), lines)
    if baseline is not None:
        run = _against(baseline, run, write_baseline)
    _say(form, run)
    for (label, result), one in zip(built, run.files, strict=False):
        click.echo(_counted(label, result, one), err=True)
    if len(built) > 1:
        click.echo(f"{len(built)} files: {summary(run.problems)}", err=True)
    return int(any(problem.severity == "error" or strict for problem in run.problems))


def _built(files: tuple[Path, ...], fix: bool, ref: str | None) -> Iterator[tuple[str, Verdict]]:
    for file in dict.fromkeys(files):
        label = file_named.label(file)
        verdict = _fixed(file, label) if fix else None
        if ref is not None:
            yield label, _changed(file, label, ref)
        else:
            yield label, verdict or _judged(file, label)


def _changed(file: Path, label: str, ref: str) -> Verdict:
    """With what it changes for customers. That hangs on more than the files, so it is never remembered."""
    before = wiring.load("generator.cli.earlier:site")(file, label, ref)
    return _told(file, label, memory.ours() if wiring.memory_folder() else None, before)


def _judged(file: Path, label: str) -> Verdict:
    """What is remembered of the very same files, else what comes of checking them. All that is heavy waits for that."""
    folder = wiring.memory_folder()
    ours = memory.ours() if folder else None
    key = memory.key(file, label, ours)
    known = Memory(folder).recall(key) if folder and key else None
    if known:
        return known
    with sweeping.put_off():
        verdict = _told(file, label, ours)
    if folder and key and memory.key(file, label, ours) == key:
        Memory(folder).keep(key, verdict)
    return verdict


def _told(file: Path, label: str, ours: str | None, before: Any = None) -> Verdict:
    """Of pages that are known to come out well none is made, and what makes pages is not even loaded."""
    draft = wiring.load("generator.compiler.draft:drafted")(file, label, before=before)
    known = draft.known(wiring.known_folder(), ours)
    told = draft.settled(known) or wiring.load("generator.compiler.build:judged")(draft, wiring.kept_folder(), known)
    verdict: Verdict = wiring.load("generator.cli.verdict:verdict")(told)
    return verdict


def _fixed(file: Path, label: str) -> Verdict:
    mend = wiring.load("generator.compiler.mend:mended")
    mended = mend(file, label)
    if mended.count:
        try:
            wiring.load("generator.compiler.mend:write")(file, mended)
        except OSError as fault:
            raise click.UsageError(
                f"{label} cannot be written: {(fault.strerror or 'unknown reason').lower()}"
            ) from fault
        click.echo(f"{label}: mended {as_text.count(mended.count, 'problem')}", err=True)
    verdict: Verdict = wiring.load("generator.cli.verdict:verdict")(mended.built)
    return verdict


def _differs(files: tuple[Path, ...]) -> int:
    """The exit code says whether there is something to mend, by us or by a person."""
    mend, difference = (wiring.load(f"generator.compiler.mend:{name}") for name in ("mended", "diff"))
    dirty = False
    for file in dict.fromkeys(files):
        label = file_named.label(file)
        mended = mend(file, label)
        file_named.say(difference(label, mended), newline=False)
        left = f"; left: {summary(mended.built.problems)}" if mended.built.problems else ""
        click.echo(f"{label}: {as_text.count(mended.count, 'problem')} would be mended{left}", err=True)
        dirty = dirty or mended.count > 0 or not mended.built.good
    return int(dirty)


def _against(path: Path, run: Run, write: bool) -> Run:
    """The run without what the baseline knows; with `write` all of it is known from now on."""
    read, written, apply = (
        wiring.load(f"generator.compiler.report.baseline:{name}") for name in ("read", "written", "apply")
    )
    label = file_named.label(path)
    if write:
        try:
            path.write_text(written(path, run.files), encoding="utf-8")
        except OSError as fault:
            raise click.UsageError(
                f"{label} cannot be written: {(fault.strerror or 'unknown reason').lower()}"
            ) from fault
    baseline = read(path, label)
    files = [apply(baseline, one) for one in run.files]
    if baseline.problems:
        files.append(checked(label, baseline.problems, (), run.lines))
    return Run(tuple(files), run.lines)


def _say(form: str, run: Run) -> None:
    if form == "text":
        if run.problems:
            file_named.say(as_text.render(run, wiring.in_colour(sys.stdout)))
        return
    words = wiring.load(FORMATS[form])(run)
    if words:
        click.echo(f"{words}\n".encode("utf-8", "backslashreplace"), nl=False)


def _counted(label: str, result: Verdict, checked: Checked) -> str:
    """How it went with one file, in a line."""
    if not checked.problems and result.good:
        words = result.clean
    else:
        words = summary(checked.problems)
    if checked.known and not checked.problems:
        words = "no new problems"
    beside = [f"{len(checked.ignored)} ignored"] if checked.ignored else []
    beside += [f"{len(checked.known)} known"] if checked.known else []
    return f"{label}: {words}" + (f" ({', '.join(beside)})" if beside else "")
