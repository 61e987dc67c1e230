"""Looks at everything: each page in each state and along each path, in every language and every theme.

python -m tests.browser.gallery [THEME | THEME/LANGUAGE ...]
"""

import sys
import tempfile
from collections import Counter
from itertools import product
from pathlib import Path

from playwright.sync_api import sync_playwright

from generator.rehearsal.stand import listening, serving
from tests.browser.conftest import ARGUMENTS, chromium
from tests.browser.gallery.conftest import static
from tests.browser.gallery.eyes import Looker
from tests.browser.gallery.halls import Halls, definition


def main(wanted):
    """Prints each language of each theme as it is done; answers 1 where anything is minded, or nothing is looked at."""
    violations, incomplete, count = [], Counter(), 0
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        halls = Halls(definition(Path(home)), every_path=True)
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        for theme, language in product(halls.themes, halls.languages):
            if wanted and not {theme, f"{theme}/{language}"} & set(wanted):
                continue
            out = Path(home, f"{theme}-{language}")
            visits = list(halls.all(theme, language))
            halls.write(visits, out)
            with serving(static(out), listening()) as address:
                looker = Looker(browser, address, out)
                looker.look(visits)
            count += looker.count
            violations += looker.violations
            incomplete.update(one[:2] for one in looker.incomplete)
            print(f"{theme} {language}: {looker.count} pages, {len(looker.violations)} minded", flush=True)
            for one in looker.violations:
                print("  ", *one, flush=True)
    print(f"{count} pages, {len(violations)} minded")
    for (rule, why), times in incomplete.most_common():
        print(f"axe cannot tell: {rule} {why}, {times} times")
    return 1 if violations or not count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
