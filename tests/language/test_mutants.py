"""The ways to break a definition are ways to break one, and what becomes of a few broken ones is what is said of them.

Each kind is tried on one broken text; the whole table is made by `make mutants`. `UPDATE=1` writes `mutants.txt` anew.
"""

import subprocess
import sys
from pathlib import Path

from generator.compiler import build
from generator.compiler.build import site_of
from tests.language import mutants
from tests.language.breaks import KINDS
from tests.support.kept import stands
from tests.support.town import ROOT

SAMPLE = Path(__file__).with_name("mutants.txt")
SHORT, ACME = "examples/short/workflows.yaml", "examples/acme/workflows.yaml"


def sample():
    """One of each kind: of the shortest file that can be broken so."""
    made = sorted(mutants.mutants(), key=lambda mutant: (mutant.good != SHORT, mutant.good == ACME, mutant.good))
    return {mutant.kind: mutant for mutant in reversed(made)}


def told(mutant):
    """What is said of it before pages are made of it: they take their time."""
    good = mutants.goods()[mutant.good]
    codes = {problem.code for problem in site_of(good.path, good.label, None, mutant.text)[1]}
    return f"{mutant.kind}: {mutant.good}:{mutant.line}: {' '.join(sorted(codes)) or 'nothing'}"


def test_of_every_kind_there_is_at_least_one_broken_text_and_no_text_twice():
    made = mutants.mutants()

    assert len(KINDS) >= 40
    assert len(made) >= 2000
    assert len({(mutant.good, mutant.text) for mutant in made}) == len(made)
    assert {mutant.kind for mutant in made} == set(KINDS)
    assert all(mutant.text != mutants.goods()[mutant.good].text for mutant in made)


def test_what_is_said_of_one_broken_text_of_each_kind_is_what_stands_beside():
    made = sample()
    words = "\n".join(told(made[kind]) for kind in KINDS) + "\n"
    assert words == stands(SAMPLE, words)


SHOWN = "gift: {kind: choice, label: {en: Gift, fr: Cadeau}, options: {mug: {en: Mug, fr: Tasse}, tee: {en: T-shirt}}}"
JUDGED = f"""\
caught [missing-text] a text loses a language: examples/short/workflows.yaml:21: {SHOWN}
missed [diff] a condition is turned around: examples/short/workflows.yaml:18: when: {{not: {{plan.ref: team}}}}
"""


def test_what_becomes_of_a_broken_text_is_judged_by_its_pages_and_by_customers_who_walk():
    """In a process of its own: it remembers what files say."""
    asked = ["--most", "1", "--good", "short", "--processes", "1", "--kind", "turned around$|^a text loses a language$"]
    command = [sys.executable, "-m", "tests.language.mutants", *asked]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)

    assert sorted(done.stdout.splitlines()[:-1]) == JUDGED.splitlines()


QUICK = """
import sys
from pathlib import Path
from tests.language import quick
quick.install()
file = Path(sys.argv[1])
words = file.read_text(encoding="utf-8")
print(*(quick.built(file, file.name, text).bundle.id for text in (words, words + "# One more comment.")))
"""


def test_what_is_made_without_doing_anything_twice_is_what_is_made_otherwise():
    """Pages that are kept bring all that they need along: the judge of broken texts goes by the bundle."""
    file = ROOT / SHORT
    command = [sys.executable, "-c", QUICK, str(file)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    made = build.build(file, file.name, file.read_text(encoding="utf-8")).bundle

    assert done.stdout.split() == [made.id, made.id]
