"""Every broken definition in `tests/cases/bad` is refused in the words beside it; its good twin is not.

`UPDATE=1` writes the words anew: read what changed before you commit it.
"""

import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from generator.compiler import report
from generator.compiler.build import build, judged, priced, site_of
from generator.compiler.codes import CODES
from generator.compiler.draft import drafted
from tests.support.kept import stands

CASES = Path(__file__).parents[1] / "cases"
COMPILER = Path(__file__).parents[2] / "generator" / "compiler"

CATALOGS = CASES / "catalog"
"""The same for catalogs; a folder holds a definition with what lies beside it."""

BAD, GOOD = (
    sorted(path for path in (CASES / kind).iterdir() if path.suffix == ".yaml" or path.is_dir())
    for kind in ("bad", "good")
)
BAD_CATALOGS = sorted(path for path in (CATALOGS / "bad").iterdir() if path.suffix != ".out")
GOOD_CATALOGS = sorted((CATALOGS / "good").iterdir())
EXAMPLES = sorted((CASES.parents[1] / "examples").glob("*/workflows.yaml"))


ROOMS = ("source.py", "merge.py", "shape.py", "graft.py", "spoken.py", "draft.py", "shaped.py", "link", "checks")
"""Where problems with a definition come from before any page is made."""


def files(*rooms):
    return [
        file
        for room in rooms
        for file in ([COMPILER / room] if room.endswith(".py") else (COMPILER / room).rglob("*.py"))
    ]


def named(*rooms):
    """Every code that is named in these."""
    words = "\n".join(file.read_text(encoding="utf-8") for file in files(*rooms))
    return set(re.findall(r'"([a-z]+(?:-[a-z]+)+)"', words)) & set(CODES)


BEFORE_PAGES = named(*ROOMS, "ignores.py") - named("bake") - {"order-button", "stale-ignore"}
"""Their cases need no pages, which take their time."""


KEPT = TemporaryDirectory()
"""Where it is kept which pages come out well, from one case to the next."""


def checked(file):
    """What `check` tells, which makes no page that it knows: the same as `build`, which makes all."""
    draft = drafted(file, file.name)
    known = draft.known(Path(KEPT.name) / "pages", "ours")
    told = draft.settled(known) or judged(draft, Path(KEPT.name) / "templates", known)
    return told.problems


def told(case):
    """What is said of it. Where it is the default that is quoted, its line is left out: the default grows."""
    file = case / "workflows.yaml" if case.is_dir() else case
    folder = file.parent
    if case.is_relative_to(CATALOGS) and case.is_file():
        problems = priced(file, file.name).problems
    elif case.stem in BEFORE_PAGES and not case.is_relative_to(CATALOGS):
        problems = site_of(file, file.name)[1]
    else:
        problems = build(file, file.name).problems
        assert checked(file) == problems
    words = report.text(problems, report.lines_of([folder])) + "\n" if problems else ""
    if case.is_dir():
        return words
    return re.sub(r"^workflows\.yaml:\d+:\d+:", "workflows.yaml:…:", words, flags=re.MULTILINE)


@pytest.mark.parametrize("case", [*BAD, *BAD_CATALOGS], ids=lambda case: f"{case.parent.parent.name}/{case.stem}")
def test_a_broken_definition_is_refused_in_these_words(case):
    words = told(case)
    assert words == stands(case.with_suffix(".out"), words)
    assert f"[{case.stem}]" in words


@pytest.mark.parametrize("case", [*GOOD, *GOOD_CATALOGS, *EXAMPLES], ids=lambda case: f"{case.parent.name}/{case.stem}")
def test_a_good_definition_is_not_refused(case):
    assert told(case) == ""


def test_every_problem_with_a_catalog_has_a_bad_case_and_a_good_twin():
    files = sorted((COMPILER / "catalog").glob("*.py"))
    words = "\n".join(file.read_text(encoding="utf-8") for file in files)
    codes = set(re.findall(r'(?:Problem|_wrong)\(\s*"([a-z-]+)"', words))

    assert len(codes) > 12
    assert codes <= {case.stem for case in BAD_CATALOGS}
    assert {case.stem for case in BAD_CATALOGS} == {case.stem for case in GOOD_CATALOGS}


def test_every_problem_with_a_definition_has_a_bad_case_and_a_good_twin():
    """Problems of themes have theirs in `test_bake.py` and `test_theme.py`."""
    words = "\n".join(file.read_text(encoding="utf-8") for file in files(*ROOMS))
    codes = set(re.findall(r'Problem\(\s*"([a-z-]+)"', words)) | set(re.findall(r'_wrong\(\s*"([a-z-]+)"', words))
    told_elsewhere = {"cannot-read", "not-text", "too-large", "too-many-nodes"}

    assert len(codes) > 60
    assert codes - told_elsewhere <= {case.stem for case in BAD}
    assert {case.stem for case in BAD} <= {case.stem for case in GOOD}
