"""Puts faults into the house, one at a time, and plays the walks: each fault must fail at least one.

python -m tests.walks.faults [FAULT...]
"""

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).parents[2]
WALKS = ROOT / "tests" / "walks"

AN_AGE = 900
"""Seconds in which the walks of one example are over, on a slow machine too: a house that goes in circles is wrong."""


@dataclass(frozen=True)
class Fault:
    """`wrong` stands in place of `right` in the file; `walks` are played first, because they should find it."""

    name: str
    file: str
    right: str
    wrong: str
    walks: tuple[str, ...] = ()


FAULTS = tuple(
    Fault(**{**fault, "walks": tuple(fault["walks"])})
    for fault in tomllib.loads((WALKS / "faults.toml").read_text(encoding="utf-8"))["fault"]
)


def put_in(fault: Fault, house: Path) -> None:
    """Where what is right is not there exactly once, the fault has to be written anew."""
    file = house / fault.file
    text = file.read_text(encoding="utf-8")
    if text.count(fault.right) != 1:
        raise ValueError(f"{fault.name}: {fault.file} has its lines {text.count(fault.right)} times")
    file.write_text(text.replace(fault.right, fault.wrong), encoding="utf-8")


def found_by(fault: Fault) -> str:
    """The first walk that fails with the fault in the house, its own walks first; empty where none does."""
    with tempfile.TemporaryDirectory() as folder:
        house = Path(folder)
        for part in ("generator", "schemas", "themes", "examples"):
            shutil.copytree(ROOT / part, house / part, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "workflows.yaml", house)
        put_in(fault, house)
        own = [WALKS / f"{name}.walk" for name in fault.walks]
        for files in (own, [file for file in sorted(WALKS.rglob("*.walk")) if file not in own]):
            for example, walks in groupby(sorted(files, key=_example), key=_example):
                if failed := _play(house, example, list(walks)):
                    return failed
    return ""


def _example(file: Path) -> str:
    """The example that a walk goes through: a folder of walks has its name."""
    return "demo" if file.parent == WALKS else file.parent.name


def _play(house: Path, example: str, files: list[Path]) -> str:
    """The first of these walks through an example that does not hold."""
    definition = house / "examples" / example / "workflows.yaml"
    command = [sys.executable, "-m", "generator", "walk", "--definition", str(definition), *map(str, files)]
    environment = {**os.environ, "PYTHONPATH": str(house)}
    try:
        done = subprocess.run(
            command, cwd=house, env=environment, capture_output=True, text=True, check=False, timeout=AN_AGE
        )
    except subprocess.TimeoutExpired:
        return f"{files[0].stem}: it never ends"
    if done.returncode == 0:
        return ""
    for line in done.stdout.splitlines():
        name, _, rest = line.partition(".walk:")
        if rest and rest != " ok":
            return f"{Path(name).stem}:{rest.partition(':')[0]}"
    return f"all: {done.stderr.strip().splitlines()[-1] if done.stderr.strip() else 'no answer'}"


def main(names: list[str]) -> int:
    """Print the table of faults and the walks that found them, a row as soon as it is known."""
    faults = [fault for fault in FAULTS if not names or fault.name in names]
    width = max(len(fault.name) for fault in faults)
    lost = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for fault, walk in zip(faults, pool.map(found_by, faults), strict=True):
            print(f"{fault.name:{width}}  {walk or 'NOT FOUND'}", flush=True)
            lost += not walk
    print(f"{len(faults) - lost} of {len(faults)} faults were found")
    return 1 if lost else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
