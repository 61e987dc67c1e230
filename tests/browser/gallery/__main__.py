"""Looks at everything: each page in each state and along each path, in every language and every theme.

python -m tests.browser.gallery [THEME | THEME/LANGUAGE ...]
"""

import multiprocessing
import os
import sys
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import sync_playwright

from generator.rehearsal.stand import listening, serving
from tests.browser.conftest import launched
from tests.browser.gallery.conftest import static
from tests.browser.gallery.eyes import Looker, known
from tests.browser.gallery.halls import Halls, definition


@dataclass(frozen=True)
class Seen:
    """What came of one language of one theme: how many pages there are, how many of them are like no other, and at how
    many of those somebody looked, the rest being made of nothing but what these have."""

    part: str
    pages: int
    different: int
    looks: int
    violations: list
    incomplete: Counter
    untold: list
    """What axe cannot tell without a reason in the table."""


def main(wanted):
    """Prints each part as it is done; answers 1 where anything is minded, or nothing is looked at.

    As many are looked at at once as there are processors. The collection is made before, and is the same for all.
    """
    with tempfile.TemporaryDirectory() as home:
        halls = Halls(definition(Path(home)), every_path=True)
        parts = [part for part in _mixed(halls) if not wanted or {part[0], "/".join(part)} & set(wanted)]
        several = ProcessPoolExecutor(
            os.cpu_count(), multiprocessing.get_context("fork"), initializer=_HALLS.append, initargs=(halls,)
        )
        with several:
            done = [_told(one.result()) for one in as_completed([several.submit(_look, *part) for part in parts])]
    pages, different, looks = (sum(getattr(one, name) for one in done) for name in ("pages", "different", "looks"))
    violations = sum(len(one.violations) + len(one.untold) for one in done)
    print(f"{pages} pages, {different} like no other, {looks} looks, {violations} minded")
    for (rule, why), times in sum((one.incomplete for one in done), Counter()).most_common():
        print(f"axe cannot tell: {rule} {why}, {times} times")
    return 1 if violations or not looks else 0


def _mixed(halls):
    """Every language in every theme; each language is begun with before one comes again."""
    for turn in range(len(halls.themes)):
        for number, language in enumerate(halls.languages):
            yield halls.themes[(number + turn) % len(halls.themes)], language


_HALLS = []
"""In a process that looks: what there is to look at."""


def _look(theme, language):
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        out = Path(home, "out")
        hung, different, visits = _HALLS[0].all(theme, language, out)
        with serving(static(out), listening()) as address:
            looker = Looker(launched(playwright), address, out)
            looker.look(visits)
    incomplete = Counter(one[:2] for one in looker.incomplete)
    untold = [one for one in looker.incomplete if one[:2] not in known()]
    return Seen(f"{theme} {language}", len(hung), len(different), looker.count, looker.violations, incomplete, untold)


def _told(seen):
    print(
        f"{seen.part}: {seen.pages} pages, {seen.different} like no other, {seen.looks} looks, "
        f"{len(seen.violations) + len(seen.untold)} minded",
        flush=True,
    )
    for one in (*seen.violations, *seen.untold):
        print("  ", *one, flush=True)
    return seen


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
