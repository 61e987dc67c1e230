"""`hosted-pages check` as a program: what it prints in each form, how it exits, and that no file can hurt it."""

import json
import os
import pty
import re
import subprocess
import sys
from xml.etree import ElementTree

import pytest
from jsonschema import Draft202012Validator

from generator import shipped
from tests.cli.test_verbs import run
from tests.support import hostile
from tests.support.town import ROOT

REPORT = Draft202012Validator(json.loads((shipped.SCHEMAS / "report.schema.json").read_text(encoding="utf-8")))
WARNING = "version: 1\nextends: default\nsite:\n  name: Acme #1\n"

pytestmark = pytest.mark.timeout(400)
"""Each of these starts several processes: on a machine that has much else to do that takes its time."""


@pytest.fixture
def shop(tmp_path):
    """A folder with a good definition, one with a slip in it, and one with a warning."""
    (tmp_path / "good.yaml").write_text("version: 1\nextends: default\n", encoding="utf-8")
    (tmp_path / "slip.yaml").write_text("version: 1\nextends: defualt  # everything\n", encoding="utf-8")
    (tmp_path / "warning.yaml").write_text(WARNING, encoding="utf-8")
    return tmp_path


def test_several_files_are_told_one_after_the_other_each_with_its_line_on_how_it_went(shop):
    result = run("check", "good.yaml", "slip.yaml", "warning.yaml", cwd=shop)

    assert result.returncode == 1
    assert [line for line in result.stdout.splitlines() if "[" in line] == [
        'slip.yaml:2:10: "defualt" is not one of default; did you mean "default"? [not-one-of]',
        "warning.yaml:4:14: warning: only `Acme` is left here: a `#` behind a space starts a comment; "
        "put it between quotes, or write a space behind the `#` of a comment [cut-by-comment]",
    ]
    good, slip, warning, all_of_it = result.stderr.splitlines()
    assert good.startswith("good.yaml: no problems in ")
    assert all_of_it == "3 files: 1 problem and 1 warning"
    assert (slip, warning) == ("slip.yaml: 1 problem", "warning.yaml: 1 warning")


def test_a_file_of_texts_is_checked_with_its_definition_in_every_form_and_may_be_left_with_a_reason(shop):
    (shop / "texts").mkdir()
    (shop / "workflows.yaml").write_text("version: 1\nextends: default\n", encoding="utf-8")
    texts = shop / "texts" / "de.yaml"
    texts.write_text("portal: {}\n", encoding="utf-8")

    text, as_json = (run("check", "texts/de.yaml", "--format", form, cwd=shop) for form in ("text", "json"))

    assert text.stdout.startswith('texts/de.yaml:1:1: warning: the site does not speak "de"')
    assert "\n1 | portal: {}\n" in text.stdout
    assert text.stderr == "workflows.yaml: 1 warning\n"
    (problem,) = json.loads(as_json.stdout)["files"][0]["problems"]
    assert (problem["code"], problem["place"]["file"]) == ("language-not-spoken", "texts/de.yaml")

    assert run("check", "--baseline", "known.json", "--write-baseline", cwd=shop).returncode == 0
    known = run("check", "--strict", "--baseline", "known.json", cwd=shop)
    assert (known.returncode, known.stdout) == (0, "")

    texts.write_text("portal: {}  # ignore[language-not-spoken] German comes in May\n", encoding="utf-8")
    left = run("check", "--strict", cwd=shop)
    assert (left.returncode, left.stdout) == (0, "")
    assert "(1 ignored)" in left.stderr


def test_what_is_wrong_with_a_line_of_the_default_shows_that_line(shop):
    steps = "{payment: false}"
    (shop / "slip.yaml").write_text(
        f"version: 1\nextends: default\nworkflows: {{subscribe_to_plan: {{steps: {steps}}}}}\n", encoding="utf-8"
    )

    said = run("check", "slip.yaml", cwd=shop).stdout.splitlines()

    told = next(number for number, line in enumerate(said) if line.startswith(f"{shipped.DEFAULT_DEFINITION}:"))
    _, line, column, *_ = said[told].split(":")
    written = shipped.DEFAULT_DEFINITION.read_text(encoding="utf-8").splitlines()[int(line) - 1]
    assert said[told + 2] == f"{line} | {written}"
    assert said[told + 3].index("^") == len(f"{line} | ") + int(column) - 1


def test_a_warning_fails_only_where_it_is_asked_for(shop):
    assert run("check", "warning.yaml", cwd=shop).returncode == 0
    assert run("check", "warning.yaml", "--strict", cwd=shop).returncode == 1


def test_a_warning_that_is_ignored_with_a_reason_is_counted_and_not_told(shop):
    text = WARNING.replace("  name", "  # ignore[cut-by-comment] our name\n  name")
    (shop / "warning.yaml").write_text(text, encoding="utf-8")

    result = run("check", "warning.yaml", "--strict", cwd=shop)

    assert (result.returncode, result.stdout) == (0, "")
    assert result.stderr.endswith(" (1 ignored)\n")


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_what_is_for_programs_is_json_whatever_comes_of_it(shop, form):
    broken = run("check", "slip.yaml", "good.yaml", "--format", form, cwd=shop)
    clean = run("check", "good.yaml", "--format", form, cwd=shop)

    assert (broken.returncode, clean.returncode) == (1, 0)
    for result in (broken, clean):
        said = json.loads(result.stdout)
        if form == "json":
            REPORT.validate(said)
        else:
            assert len(said["runs"][0]["results"]) == result.returncode


def test_junit_and_github_are_what_their_readers_expect(shop):
    junit = ElementTree.fromstring(run("check", "slip.yaml", "good.yaml", "--format", "junit", cwd=shop).stdout)
    github = run("check", "slip.yaml", "good.yaml", "--format", "github", cwd=shop).stdout

    assert (junit.get("tests"), junit.get("failures")) == ("2", "1")
    assert github.startswith("::error file=slip.yaml,line=2,")
    assert github.count("\n") == 1


def test_the_diff_shows_what_the_fix_then_does(shop):
    shown = run("check", "slip.yaml", "--diff", cwd=shop)
    before = (shop / "slip.yaml").read_text(encoding="utf-8")
    fixed = run("check", "slip.yaml", "--fix", cwd=shop)
    again = run("check", "slip.yaml", "--diff", cwd=shop)

    assert shown.returncode == 1
    assert "\n-extends: defualt  # everything\n+extends: default  # everything\n" in shown.stdout
    assert before == "version: 1\nextends: defualt  # everything\n"
    assert (fixed.returncode, fixed.stdout) == (0, "")
    assert fixed.stderr.startswith("slip.yaml: mended 1 problem\nslip.yaml: no problems in ")
    assert (shop / "slip.yaml").read_text(encoding="utf-8") == "version: 1\nextends: default  # everything\n"
    assert (again.returncode, again.stdout) == (0, "")
    nothing = run("check", "no.yaml", "--diff", cwd=shop)
    assert (nothing.returncode, nothing.stdout) == (1, "")
    assert nothing.stderr == "no.yaml: 0 problems would be mended; left: 1 problem\n"


def test_with_a_baseline_only_what_is_new_fails(shop):
    written = run("check", "slip.yaml", "--baseline", "known.json", "--write-baseline", cwd=shop)
    known = run("check", "slip.yaml", "--baseline", "known.json", cwd=shop)
    (shop / "slip.yaml").write_text("version: 1\nextends: defualt  # everything\nsiet: {}\n", encoding="utf-8")
    new = run("check", "slip.yaml", "--baseline", "known.json", "--format", "json", cwd=shop)
    (shop / "slip.yaml").write_text("version: 1\nextends: default\n", encoding="utf-8")
    mended = run("check", "slip.yaml", "--baseline", "known.json", cwd=shop)

    assert (written.returncode, known.returncode, new.returncode, mended.returncode) == (0, 0, 1, 0)
    assert known.stderr == "slip.yaml: no new problems (1 known)\n"
    (file,) = json.loads(new.stdout)["files"]
    assert [problem["code"] for problem in file["problems"]] == ["unknown-key"]
    assert [problem["code"] for problem in file["known"]] == ["not-one-of"]
    assert "known.json:4:5: warning: " in mended.stdout
    assert "[fixed-problem]" in mended.stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--write-baseline"], "say where: --baseline FILE"),
        (["--fix", "--diff"], "take one of them"),
        (["--format", "yaml"], "'yaml' is not one of"),
    ],
)
def test_a_wrong_use_exits_2(shop, words, says):
    result = run("check", "good.yaml", *words, cwd=shop)

    assert (result.returncode, result.stdout) == (2, "")
    assert says in " ".join(result.stderr.split())


def test_a_baseline_that_is_not_there_fails(shop):
    result = run("check", "good.yaml", "--baseline", "no.json", cwd=shop)

    assert result.returncode == 1
    assert result.stdout.startswith("no.json:1:1: the file cannot be read")


def on_a_terminal(shop, **environment):
    ours, theirs = pty.openpty()
    clean = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "TERM")}
    command = [sys.executable, "-m", "generator", "check", "slip.yaml"]
    env = {**clean, "PYTHONPATH": str(ROOT), "TERM": "xterm", **environment}
    subprocess.run(command, cwd=shop, env=env, stdout=theirs, stderr=subprocess.DEVNULL, check=False)
    os.close(theirs)
    said = b""
    while True:
        try:
            part = os.read(ours, 4096)
        except OSError:
            break
        if not part:
            break
        said += part
    os.close(ours)
    return said.decode()


def test_there_is_colour_on_a_terminal_where_nobody_asked_for_none(shop):
    assert "\x1b[1;31mdefualt\x1b[0m" in on_a_terminal(shop)
    assert "\x1b" not in on_a_terminal(shop, NO_COLOR="1")
    assert "\x1b" not in run("check", "slip.yaml", cwd=shop).stdout


def test_a_terminal_that_knows_few_letters_gets_escapes_and_no_traceback(shop):
    (shop / "slip.yaml").write_text("version: 1\nextends: défaut\n", encoding="utf-8")

    result = run("check", "slip.yaml", cwd=shop, PYTHONIOENCODING="iso8859-5")

    assert result.returncode == 1
    assert '"d\\xe9faut" is not one of default' in result.stdout


def test_an_interruption_exits_130(shop):
    script = (
        "import os, signal, time\nfrom generator import __main__\nfrom generator.compiler import source\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # whoever runs tests behind a shell ignores it
        "source.read = lambda *_: (os.kill(os.getpid(), signal.SIGINT), time.sleep(60))\n"
        "__main__.main()\n"
    )
    command = [sys.executable, "-c", script, "check", "good.yaml"]
    result = subprocess.run(
        command, cwd=shop, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )

    assert (result.returncode, "Traceback" in result.stderr) == (130, False), result.stderr


def test_a_fault_of_ours_exits_3_and_says_so(shop):
    script = (
        "from generator import __main__\nfrom generator.compiler import source\nsource.read = None\n__main__.main()\n"
    )
    command = [sys.executable, "-c", script, "check", "good.yaml"]
    result = subprocess.run(
        command, cwd=shop, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )

    assert result.returncode == 3
    assert "This is a bug of ours" in result.stderr


@pytest.mark.parametrize(("form", "name"), [("text", "workflows.yaml"), ("json", "catalog.yaml")])
def test_no_file_can_hurt_it(tmp_path, form, name):
    files = hostile.lay(tmp_path, name)

    result = subprocess.run(
        [sys.executable, "-m", "generator", "check", *files, "--format", form],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
        preexec_fn=hostile.confined,
        timeout=380,
    )

    assert result.returncode == 1, result.stderr[-2000:]
    assert b"Traceback" not in result.stderr
    assert b"\x1b" not in result.stdout
    told = told_in_json(result.stdout) if form == "json" else told_in_text(result.stdout)
    assert set(files) <= set(told)
    for kind, line in hostile.LINES.items():
        assert line in [place[0] for place in told[f"{kind}/{name}"]], kind


def told_in_text(said):
    """The places of all problems, by file."""
    told = {}
    for file, line, column in re.findall(r"^([^:\n]+\.yaml):(\d+):(\d+): ", said.decode(), re.M):
        told.setdefault(file, []).append((int(line), int(column)))
    return told


def told_in_json(said):
    report = json.loads(said)
    REPORT.validate(report)
    told = {}
    for file in report["files"]:
        for problem in file["problems"]:
            assert problem["hint"]
            place = problem["place"]
            told.setdefault(place["file"], []).append((place["line"], place["column"]))
    return told


def test_a_definition_that_says_nothing_is_wrong_and_not_a_bug_of_ours(shop):
    (shop / "bare.yaml").write_text("version: 1\n", encoding="utf-8")

    result = run("check", "bare.yaml", cwd=shop)

    assert (result.returncode, "Traceback" in result.stderr) == (1, False), result.stderr
