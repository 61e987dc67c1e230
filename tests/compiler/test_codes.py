"""Every code is described: programs and people look them up.

`UPDATE=1` writes the page that shows them: read what changed before you commit it.
"""

import ast
import os
import re
from typing import get_args

from generator.compiler.codes import CODES, PAGE
from generator.model.problem import Severity
from tests.support.town import ROOT

CASES = ROOT / "tests" / "cases" / "bad"
COMPILER = ROOT / "generator" / "compiler"

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
    parts = [HEAD]
    for code, known in sorted(CODES.items()):
        parts.append(f"## {code}\n\n{known.severity.capitalize()}. {known.says}. {known.why}\n")
        case, words = case_of(code)
        if case.is_file():
            said = words.read_text(encoding="utf-8")
            parts.append(f"```yaml\n{case.read_text(encoding='utf-8').rstrip()}\n```\n\n```\n{said.rstrip()}\n```\n")
    return "\n".join(parts)


def case_of(code):
    """The case of a definition, else that of a catalog, and what is said of it."""
    for folder in (CASES, CASES.parent / "catalog" / "bad"):
        for case in (folder / f"{code}.yaml", folder / code / "workflows.yaml"):
            if case.is_file():
                return case, folder / f"{code}.out"
    return CASES / code, CASES / code


def test_every_code_that_is_told_is_described():
    """One that is told no more stays described: older baselines and reports have it."""
    told = {code for file in COMPILER.rglob("*.py") for code in written(file)}

    assert len(told) > 50
    assert told <= set(CODES)


def test_the_page_shows_every_code_as_its_case_does():
    if os.environ.get("UPDATE"):
        (ROOT / PAGE).write_text(page(), encoding="utf-8")

    assert (ROOT / PAGE).read_text(encoding="utf-8") == page()


def test_only_a_warning_can_be_ignored_and_each_has_its_case():
    for code, known in CODES.items():
        _, words = case_of(code)
        if words.is_file():
            mine = [line for line in words.read_text(encoding="utf-8").splitlines() if line.endswith(f"[{code}]")]
            assert mine
            assert all((": warning: " in line) is (known.severity == "warning") for line in mine)
