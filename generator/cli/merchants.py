"""Several merchants on one installation: each has a file of settings, and nothing in common with the others."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import click
from dotenv import dotenv_values

from generator import wiring
from generator.cli import environment, logs
from generator.model.settings import PREFIX
from generator.wiring import Settings

SETTING = PREFIX + "MERCHANTS"

OWN = ("BASE_URL", "DATABASE_URL", "BUILD", "LINK_KEYS", "RESULT_KEY", "API_KEYS", "WEBHOOK_KEYS", "MAILBOX")
"""What no two merchants may have in common: with the same key a link to one of them would open the other."""

NEEDED = ("DATABASE_URL", "BUILD")
"""What one merchant alone may leave out, as there is a usual place for it."""


def become(name: str) -> None:
    """From now on this process is about one of them: its file's settings stand in the environment."""
    folder = _folder(wiring.beyond(()))
    if folder is None:
        raise click.UsageError(f"--merchant chooses from the files of {SETTING}, which is not set")
    files = _files(folder)
    if name not in files:
        raise click.UsageError(f"there is no merchant {name!r} in {folder}: {', '.join(sorted(files))}")
    wiring.become(_read(files[name]), without=SETTING)


def begin() -> dict[str, Settings]:
    """Whoever this process is for, as in `settings`; what is logged is written from now on."""
    several = settings()
    logs.begin((next(iter(several.values()), None) or environment.settings()).log)
    return several


def settings(said_here: Mapping[str, str] | None = None) -> dict[str, Settings]:
    """Each merchant's settings by name; none where this installation is for one. All that is wrong is told at once."""
    said_here = wiring.beyond(()) if said_here is None else said_here
    folder = _folder(said_here)
    if folder is None:
        return {}
    shared = {name: value for name, value in said_here.items() if name != SETTING}
    said = {name: _read(file) for name, file in _files(folder).items()}
    found, wrong = {}, [*_not_shared(shared), *_missing(said), *_in_common(said)]
    for name, own in said.items():
        try:
            found[name] = wiring.settings({**shared, **own})
        except wiring.Unset as unset:
            wrong.append(f"{name}.env: {unset}")
    if wrong:
        raise click.UsageError("\n".join(wrong))
    return found


def _folder(environment: Mapping[str, str]) -> Path | None:
    return Path(environment[SETTING]) if environment.get(SETTING) else None


def _files(folder: Path) -> dict[str, Path]:
    files = {file.stem: file for file in sorted(folder.glob("*.env"))}
    if not files:
        raise click.UsageError(f"{SETTING} is {folder}, where there is no file: write one for each merchant, NAME.env")
    return files


def _read(file: Path) -> dict[str, str]:
    try:
        said = dotenv_values(file, interpolate=False, encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise click.UsageError(f"{file.name} cannot be read: {fault}") from fault
    if unsaid := sorted(name for name, value in said.items() if value is None):
        raise click.UsageError(f"{file.name}: {unsaid[0]!r} has no value: write NAME=value in each line")
    return {name: value for name, value in said.items() if value is not None}


def _not_shared(shared: Mapping[str, str]) -> Iterator[str]:
    for name in OWN:
        if shared.get(PREFIX + name):
            yield f"{PREFIX}{name} is each merchant's own: write it in the merchants' files, and not in what all share"


def _missing(said: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    for merchant, own in said.items():
        yield from (f"{merchant}.env: {PREFIX}{name} is not set" for name in NEEDED if not own.get(PREFIX + name))


def _in_common(said: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    for name in OWN:
        who = defaultdict(list)
        for merchant, own in said.items():
            for value in _values(name, own.get(PREFIX + name, "")):
                who[value].append(f"{merchant}.env")
        for files in who.values():
            if len(files) > 1:
                yield f"{' and '.join(files)} say the same in {PREFIX}{name}: each merchant needs one of its own"


def _values(name: str, written: str) -> set[str]:
    """What must not be found again elsewhere: each of several keys, without the name that stands before some."""
    parts = written.split(",") if name.endswith("_KEYS") else [written.rstrip("/")]
    return {part.strip().rpartition(":")[2] if name == "API_KEYS" else part.strip() for part in parts} - {""}
