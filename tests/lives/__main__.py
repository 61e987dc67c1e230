"""`python -m tests.lives --runs 2000`: many lives on all processors, and the table of what was visited."""

import argparse
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from functools import cache
from multiprocessing import Pool
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.bundle import folder
from generator.compiler.build import build
from generator.runtime.library import Library
from tests.lives.coverage import told, unvisited
from tests.lives.life import Visited, live
from tests.ports.fresh import sqlite
from tests.support.town import DEMO


@cache
def library(home: str) -> Library:
    return Library(Path(home))


PATIENCE = 200
"""Seconds for each of its people, after which a life is one that would never end."""


def one(asked: tuple[int, str, int, int]) -> Visited | str:
    seed, home, people, steps = asked
    signal.signal(signal.SIGALRM, _endless)
    signal.alarm(PATIENCE * people)
    try:
        return live(seed, library(home), sqlite, people, steps)
    except Exception as fault:  # noqa: BLE001 - whatever it is, it is a counter-example
        return f"life {seed}: {type(fault).__name__}: {fault}\n" + "\n".join(getattr(fault, "__notes__", ()))
    finally:
        signal.alarm(0)


def _endless(*_: object) -> None:
    raise TimeoutError("it goes on and on")


def lives(runs: range, people: int, steps: int, processes: int) -> Iterator[Visited | str]:
    with TemporaryDirectory() as home:
        built = build(DEMO / "workflows.yaml", "workflows.yaml")
        assert built.bundle is not None
        folder.write(built.bundle, Path(home))
        with Pool(processes) as pool:
            yield from pool.imap_unordered(one, [(seed, home, people, steps) for seed in runs], chunksize=1)


def main() -> int:
    asks = argparse.ArgumentParser(description=__doc__)
    asks.add_argument("--runs", type=int, default=2000)
    asks.add_argument("--first", type=int, default=0, help="the first seed")
    asks.add_argument("--people", type=int, default=3)
    asks.add_argument("--steps", type=int, default=120)
    asks.add_argument("--processes", type=int, default=None)
    given = asks.parse_args()
    visited: Visited = Counter()
    begun, wrong = time.monotonic(), 0
    runs = range(given.first, given.first + given.runs)
    for count, result in enumerate(lives(runs, given.people, given.steps, given.processes), start=1):
        if isinstance(result, str):
            wrong += 1
            print(result, file=sys.stderr)
        else:
            visited.update(result)
        if count % 10 == 0 or count == given.runs:
            print(f"{count} lives in {time.monotonic() - begun:.0f} s, {wrong} counter-examples", file=sys.stderr)
        if count % 100 == 0:
            print(told(visited), file=sys.stderr)
    print(told(visited))
    return 1 if wrong or unvisited(visited) else 0


if __name__ == "__main__":
    sys.exit(main())
