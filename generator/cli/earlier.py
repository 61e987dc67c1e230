"""The definition as it was: at a branch, a tag or a commit of git, or in another file.

Git is only asked, with every word as one of its own arguments; nothing of what it answers is run, and the working tree
is left as it is.
"""

import os
import re
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from generator import wiring
from generator.cli import file_named
from generator.compiler import source, spoken
from generator.compiler.build import site_of
from generator.compiler.report.quoted import harmless
from generator.model.nearest import nearest
from generator.model.site import Site

PATIENCE = 60
"""How many seconds git may take for one answer: it may have to fetch what a partial clone left out."""

_COMMIT = re.compile(r"[0-9a-f]{40,64}")
_FILE_MODES = ("100644", "100755", "100664")
_ELSEWHERE = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
"""What a hook sets for its own repository: here it is the file that says which one is meant."""


def site(file: Path, label: str, ref: str) -> Site | None:
    """What the definition said there. A catalog has no customers under way; a file that is not there changes nothing.

    A path that there is comes before a branch of the same name, which can be written `refs/heads/NAME`.
    """
    if file.name in source.CATALOGS or not file.is_file():
        return None
    for other in (file_named.whole(Path(ref)), Path(ref, file.name)) if ref else ():
        if _is(other, Path.is_file):
            return _good(other, file_named.label(other))
    with tempfile.TemporaryDirectory() as folder:
        there = Path(folder)
        for name, words in _Tree.at(file, label, ref).files(file.name):
            (there / name).parent.mkdir(exist_ok=True)
            (there / name).write_bytes(words)
        return _good(there / file.name, f"{label} at {ref}")


def _is(path: Path, what: Callable[[Path], bool]) -> bool:
    """A word that is too long for a path is none."""
    try:
        return what(path)
    except OSError:
        return False


def _good(path: Path, label: str) -> Site:
    found, problems = site_of(path, label)
    if found is None:
        error = next(problem for problem in problems if problem.severity == "error")
        raise click.UsageError(
            f"{label} is not good itself, so nothing can be said against it: "
            f"{harmless(error.says)} (line {error.place.line}, {error.code})"
        )
    return found


@dataclass(frozen=True)
class _Tree:
    """A folder of a repository as it was at a commit. `label` and `ref` are what a person called the two."""

    folder: Path
    label: str
    ref: str
    tree: str

    @classmethod
    def at(cls, file: Path, label: str, ref: str) -> "_Tree":
        folder = file.parent
        inside = _git(folder, "rev-parse", "--show-prefix")
        if inside.returncode:
            words = inside.stderr.decode(errors="replace").strip().partition("\n")[0]
            raise click.UsageError(
                f'"{ref}" is no file and no folder with a {file.name}, and git finds no repository around {label}: '
                f"say against which file ({words})"
            )
        commit = _commit(folder, ref)
        if commit is None:
            raise click.UsageError(_no_such(folder, ref, file.name))
        prefix = os.fsdecode(inside.stdout.removesuffix(b"\n")).removesuffix("/")
        return cls(folder, label, ref, f"{commit}:{prefix}")

    def files(self, name: str) -> Iterator[tuple[str, bytes]]:
        """The definition and the texts beside it: all that is read of it without making pages."""
        beside = self._names("")
        if name not in beside:
            raise click.UsageError(
                f"there was no file {self.label} at {self.ref}: name a version that has it, or leave --against out"
            )
        yield name, self._words(beside[name])
        for said, blob in self._names(spoken.FOLDER).items():
            if said.endswith((".yaml", ".yml")):
                yield f"{spoken.FOLDER}/{said}", self._words(blob)

    def _names(self, below: str) -> dict[str, str]:
        """The files of a folder, and the names that git has for what is in them; none where the folder was not."""
        tree = f"{self.tree}/{below}" if below and not self.tree.endswith(":") else f"{self.tree}{below}"
        listed = _git(self.folder, "ls-tree", "-z", "--full-tree", tree)
        found = {}
        for line in listed.stdout.split(b"\0") if not listed.returncode else ():
            about, _, name = os.fsdecode(line).partition("\t")
            if about.startswith(_FILE_MODES) and "/" not in name:
                found[name] = about.split(" ")[2]
        return found

    def _words(self, blob: str) -> bytes:
        answer = _git(self.folder, "cat-file", "blob", blob)
        if answer.returncode:
            words = answer.stderr.decode(errors="replace").strip()
            raise click.UsageError(f"{self.label} cannot be read at {self.ref}: {words}")
        return answer.stdout


def _commit(folder: Path, ref: str) -> str | None:
    """The commit that is meant. What starts like an option or a negation is the name of nothing."""
    if not ref or ref[0] in "-^":
        return None
    answer = _git(folder, "rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}").stdout.decode().strip()
    return answer if _COMMIT.fullmatch(answer) else None


def _no_such(folder: Path, ref: str, name: str) -> str:
    """What to write instead. A build server often has one commit only, or the branches of its origin."""
    listed = _git(folder, "for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/tags", "refs/remotes")
    names = os.fsdecode(listed.stdout).splitlines()
    near = next((name for name in names if name.endswith(f"/{ref}")), "") or nearest(ref, names)
    if ref and _is(Path(ref), Path.is_dir):
        hint = f"the folder of that name has no {name}"
    elif near:
        hint = f'did you mean "{near}"?'
    elif _git(folder, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true":
        hint = "only the newest commits were fetched here: fetch all of them (`fetch-depth: 0`)"
    else:
        hint = "name a branch, a tag, a commit or a file"
    return f'"{ref}" is no branch, tag or commit here, and no file; {hint}'


def _git(folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**wiring.beyond(_ELSEWHERE), "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
    try:
        return subprocess.run(  # noqa: S603 - no shell, and each word is one argument
            ["git", *words],  # noqa: S607 - whichever git the person has
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    except FileNotFoundError as fault:
        raise click.UsageError(
            "git is not installed, and REF is no file: install it, or say against which file"
        ) from fault
    except subprocess.TimeoutExpired as fault:
        raise click.UsageError(f"git did not answer within {PATIENCE} seconds") from fault
