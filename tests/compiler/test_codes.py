"""Every code is described: programs and people look them up.

`UPDATE=1` writes the page that shows them: read what changed before you commit it.
"""

import ast
import re
from typing import get_args

from generator.compiler.codes import CODES, PAGE
from generator.model.problem import Severity
from tests.support.kept import stands
from tests.support.town import ROOT

CASES = ROOT / "tests" / "cases"
COMPILER = ROOT / "generator" / "compiler"

FILES = {".yaml": "yaml", ".html": "html", ".css": "css", ".svg": "svg"}

HEAD = """\
# Problems

Everything that `hosted-pages check` may say, by the code at its end. An error stops a build; a warning does not, and
may be left with a reason: `# ignore[code] reason`. This page is written from the cases that the tests check.
"""


def written(file):
    """The codes that a module makes problems with."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in ("Problem", "LiveProblem", "NotProved", "_wrong", "_known"):
                for value in map(constant, (part for argument in node.args for part in branches(argument))):
                    if (
                        isinstance(value, str)
                        and value not in get_args(Severity)
                        and re.fullmatch("[a-z]+(-[a-z]+)*", value)
                    ):
                        yield value


def branches(node):
    return (node.body, node.orelse) if isinstance(node, ast.IfExp) else (node,)


def constant(node):
    return node.value if isinstance(node, ast.Constant) else None


def page():
    return "\n".join([HEAD, *(section(code, known) for code, known in sorted(CODES.items()))])


def section(code, known):
    """What it is, an example, what is said of it, and a neighbour of which nothing is said."""
    parts = [f"## {code}", f"{known.severity.capitalize()}. {known.says}. {known.why}"]
    parts += against(code)
    bad, good = cases_of(code)
    if bad:
        said = (bad.parent if bad.name == "workflows.yaml" else bad).with_suffix(".out").read_text(encoding="utf-8")
        parts += [*shown(bad), f"```\n{said.rstrip()}\n```"]
    if good:
        parts += ["Nothing is said of this:", *shown(good)]
    return "\n\n".join(parts) + "\n"


def against(code):
    """What another version changes has two files: as it was, and as it is now."""
    room = CASES / "against" / code
    if room.is_dir():
        old, new, twin = (next(shown(room / f"{name}.yaml")) for name in ("old", "new", "twin"))
        said = room.with_suffix(".out").read_text(encoding="utf-8")
        yield from ("Before:", old, "And now:", new, f"```\n{said.rstrip()}\n```", "Nothing is said of this:", twin)


def shown(case):
    """A file, and what lies beside it where it is one of several."""
    yield f"```yaml\n{case.read_text(encoding='utf-8').rstrip()}\n```"
    for file in sorted(case.parent.rglob("*")) if case.name == "workflows.yaml" else ():
        if file != case and (kind := FILES.get(file.suffix)):
            yield f"Beside it, in `{file.relative_to(case.parent)}`:"
            yield f"```{kind}\n{file.read_text(encoding='utf-8').rstrip()}\n```"


def cases_of(code):
    """The bad case of a definition, else that of a catalog, and its good twin: None where there is none."""
    for room in (CASES, CASES / "catalog"):
        for name in (f"{code}.yaml", f"{code}/workflows.yaml"):
            if (room / "bad" / name).is_file():
                return room / "bad" / name, room / "good" / name if (room / "good" / name).is_file() else None
    return None, None


def test_every_code_that_is_told_is_described():
    """One that is told no more stays described: older baselines and reports have it."""
    told = {code for file in COMPILER.rglob("*.py") for code in written(file)}

    assert len(told) > 50
    assert told <= set(CODES)


def test_the_page_shows_every_code_as_its_case_does():
    fresh = page()
    assert stands(ROOT / PAGE, fresh) == fresh


def test_only_a_warning_can_be_ignored_and_each_has_its_case():
    for code, known in CODES.items():
        for room in (CASES / "bad", CASES / "catalog" / "bad", CASES / "against"):
            words = room / f"{code}.out"
            if words.is_file():
                mine = [line for line in words.read_text(encoding="utf-8").splitlines() if line.endswith(f"[{code}]")]
                assert mine
                assert all((": warning: " in line) is (known.severity == "warning") for line in mine)
