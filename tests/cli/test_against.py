"""`hosted-pages check --against REF` in a real repository of git: what was there before, and every way to miss it."""

import json
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import earlier
from generator.cli.check import check

HEAD = "version: 1\nextends: default\nsite: {languages: [en, fr]}\n"
GIFT = """workflows:
  subscribe_to_plan:
    steps:
      gift:
        kind: form
        after: options
        title: {en: Gift%s}
        fields:
          %s: {kind: text, label: {en: Size, fr: Taille}}
"""
FILE = "pages/workflows.yaml"


def git(folder, *words):
    person = ("-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *person, *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """Two commits. In the first, called v1, a title is said in a file of texts, without which nothing would be good."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pages" / "texts").mkdir(parents=True)
    git(tmp_path, "init", "-q", "-b", "main")
    (tmp_path / "readme.txt").write_text("Acme", encoding="utf-8")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "nothing yet")
    git(tmp_path, "tag", "v0")
    (tmp_path / FILE).write_text(HEAD + GIFT % ("", "size"), encoding="utf-8")
    said = "workflows: {subscribe_to_plan: {steps: {gift: {title: Cadeau}}}}\n"
    (tmp_path / "pages" / "texts" / "fr.yaml").write_text(said, encoding="utf-8")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "a gift")
    git(tmp_path, "tag", "v1")
    (tmp_path / "pages" / "texts" / "fr.yaml").unlink()
    (tmp_path / FILE).write_text(HEAD + GIFT % (", fr: Cadeau", "width"), encoding="utf-8")
    git(tmp_path, "commit", "-qam", "another field")
    return tmp_path


def told(*words, **how):
    return CliRunner().invoke(check, words, **how)


def steps(ref):
    """The fields of the gift as they were there."""
    found = earlier.site(Path(FILE), FILE, ref).workflow("subscribe_to_plan")
    return [field.id for step in found.steps if step.id == "gift" for field in step.fields]


def test_the_file_is_read_as_it_was_with_its_texts_and_nothing_is_touched(repository):
    answer = told(FILE, "--against", "v1")

    assert f"{FILE}:11:9: warning: " in answer.stdout
    assert 'the field "gift.size" is gone' in answer.stdout
    assert answer.stderr == f"{FILE}: 1 warning\n"
    assert not (repository / "pages" / "texts" / "fr.yaml").exists()


def test_any_name_of_a_commit_will_do_and_a_hooks_own_repository_does_not_matter(repository, monkeypatch):
    monkeypatch.setenv("GIT_DIR", str(repository / "elsewhere"))

    assert [steps(ref) for ref in ("v1", "HEAD~1", "main~1", "refs/tags/v1")] == [["size"]] * 4
    assert steps("main") == ["width"]


def test_every_form_and_a_baseline_and_strict_know_it(repository):
    asked = (FILE, "--against", "v1", "--strict")

    failed = told(*asked, "--format", "json", standalone_mode=False)
    assert failed.return_value == 1
    assert "removed-without-was" in json.dumps(json.loads(failed.stdout)["files"])
    known = told(*asked, "--baseline", "known.json", "--write-baseline", standalone_mode=False)
    assert (known.return_value, known.stdout) == (0, "")
    assert "(1 known)" in known.stderr


def test_a_path_is_taken_as_it_is_without_git_and_before_a_branch(repository):
    (repository / "v1").mkdir()
    (repository / "v1" / "workflows.yaml").write_text(HEAD + GIFT % (", fr: Cadeau", "depth"), encoding="utf-8")

    assert steps("v1") == steps("v1/workflows.yaml") == ["depth"]
    assert steps("refs/tags/v1") == ["size"]


@pytest.mark.parametrize(
    ("ref", "says"),
    [
        ("mian", '"mian" is no branch, tag or commit here, and no file; did you mean "main"?'),
        ("nowhere-at-all", "name a branch, a tag, a commit or a file"),
        ("--output=evil", "is no branch, tag or commit"),
        ("^v1", "is no branch, tag or commit"),
        ("v1:pages", "is no branch, tag or commit"),
        ("v1; touch evil", "is no branch, tag or commit"),
        ("x" * 5000, "is no branch, tag or commit"),
        ("", "is no branch, tag or commit"),
        (".git", "the folder of that name has no workflows.yaml"),
        ("v0", f"there was no file {FILE} at v0"),
    ],
)
def test_what_is_not_there_is_a_wrong_use(repository, ref, says):
    answer = told(FILE, "--against", ref)

    assert answer.exit_code == 2
    assert says in answer.stderr
    assert not (repository / "evil").exists()


def test_a_branch_that_only_the_origin_has_is_offered(repository):
    git(repository, "update-ref", "refs/remotes/origin/release", "v1")

    assert 'did you mean "origin/release"?' in told(FILE, "--against", "release").stderr


def test_a_shallow_clone_says_so(repository, tmp_path):
    git(repository, "clone", "-q", "--depth=1", f"file://{repository}", "copy")

    assert "fetch-depth: 0" in told("copy/" + FILE, "--against", "v1").stderr


def test_what_was_not_good_itself_is_said(repository):
    (repository / FILE).write_text(HEAD + "nonsense: 1\n", encoding="utf-8")
    git(repository, "commit", "-qam", "a slip")
    (repository / FILE).write_text(HEAD, encoding="utf-8")
    answer = told(FILE, "--against", "HEAD")

    assert answer.exit_code == 2
    assert f"{FILE} at HEAD is not good itself" in answer.stderr
    assert "(line 4, unknown-key)" in answer.stderr


def test_without_a_repository_or_without_git_that_is_said(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "workflows.yaml").write_text(HEAD, encoding="utf-8")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))

    nowhere = told("--against", "main")
    assert nowhere.exit_code == 2
    assert "git finds no repository around workflows.yaml" in nowhere.stderr
    monkeypatch.setenv("PATH", str(tmp_path))
    without = told("--against", "main")
    assert (without.exit_code, "git is not installed" in without.stderr) == (2, True)


def test_a_fix_is_made_first_and_a_diff_has_nothing_to_do_with_it(repository):
    slip = (repository / FILE).read_text(encoding="utf-8").replace("extends: default", "extends: defualt")
    (repository / FILE).write_text(slip, encoding="utf-8")
    answer = told(FILE, "--fix", "--against", "v1")

    assert answer.stderr.startswith(f"{FILE}: mended 1 problem\n")
    assert "[removed-without-was]" in answer.stdout
    assert told(FILE, "--diff", "--against", "v1").exit_code == 2


def test_a_catalog_and_a_file_that_is_not_there_are_checked_as_ever(repository):
    answer = told("catalog.yaml", "none.yaml", "--against", "v1")

    assert answer.stdout.count("[cannot-read]") == 2
