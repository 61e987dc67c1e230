"""The report as JUnit XML, which GitLab and Jenkins read: an error failed, a clean file passed."""

from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from generator.compiler.report import as_text
from generator.compiler.report.quoted import Lines, harmless
from generator.compiler.report.run import Checked, Run
from generator.model.problem import Problem


def render(run: Run) -> str:
    """One suite for each file. A warning is a case that passed, with its words beside it."""
    root = Element("testsuites", name="hosted-pages check")
    for checked in run.files:
        root.append(_suite(checked, run.lines))
    for count in ("tests", "failures", "errors"):
        root.set(count, str(sum(int(suite.get(count, "0")) for suite in root)))
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode")


def _suite(checked: Checked, lines: Lines) -> Element:
    suite = Element("testsuite", name=harmless(checked.file))
    for case in _cases(checked, lines):
        suite.append(case)
    suite.set("tests", str(len(suite)))
    suite.set("failures", str(len(suite.findall("testcase/failure"))))
    suite.set("errors", "0")
    suite.set("skipped", "0")
    suite.set("time", "0")
    return suite


def _cases(checked: Checked, lines: Lines) -> Iterator[Element]:
    if not checked.problems:
        yield Element("testcase", classname=harmless(checked.file), name="no problems", file=checked.file, time="0")
    for problem in checked.problems:
        yield _case(checked, problem, lines)


def _case(checked: Checked, problem: Problem, lines: Lines) -> Element:
    place = problem.place
    name = harmless(f"{problem.code} at {place}")
    case = Element("testcase", classname=harmless(checked.file), name=name, file=harmless(place.file), time="0")
    case.set("line", str(place.line))
    words = as_text.text([problem], lines)
    if problem.severity == "error":
        failure = SubElement(case, "failure", type=problem.code, message=harmless(problem.says))
        failure.text = _for_xml(words)
    else:
        SubElement(case, "system-out").text = _for_xml(words)
    return case


def _for_xml(words: str) -> str:
    """What is harmless on a terminal is so in XML, but for two characters that it does not know."""
    return words.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
