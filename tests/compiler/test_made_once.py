"""What is made once is not made again, and never where it would have become something else."""

import subprocess
import sys
from dataclasses import dataclass
from decimal import Decimal

import pytest

from generator.compiler.bake import compiled
from generator.compiler.bake.oven import BadPage, Oven
from generator.model.place import NOWHERE, Place
from generator.model.workflow import Field, Step, Workflow
from tests.compiler.test_bake import SITE, Bill, load
from tests.support.town import ROOT


def themed(folder):
    """A theme with one text."""
    (folder / "theme.yaml").write_text("styles: {}\n", encoding="utf-8")
    (folder / "texts").mkdir(exist_ok=True)
    for language in SITE.languages:
        (folder / "texts" / f"{language}.yaml").write_text('here: "you are at {place}"\n', encoding="utf-8")
    return load(folder.name, NOWHERE, {folder.parent: "themes"}, SITE.languages, [])


@pytest.fixture
def pages(tmp_path):
    """Makes several pages of one template; answers what each says, and how often one was made."""
    (tmp_path / "templates").mkdir()

    def make(template, *givens, languages=("en",)):
        (tmp_path / "templates" / "page.txt").write_text(f"{{% if made() %}}{{% endif %}}{template}", encoding="utf-8")
        theme = themed(tmp_path)
        count = []
        oven = Oven(SITE, theme, {"made": lambda: count.append(1)})
        made = [oven.bake("page.txt", Bill, one, {}, given) for one in languages for given in givens]
        return ["".join(node.html for node in body) for body in made], len(count)

    return make


def step(id="one", **said):
    return Step(id, "form", "subscribe_to_plan", **said)


def field(line=1, **said):
    return Field("size", "decimal", place=Place("workflows.yaml", line, 1), **said)


def test_steps_that_look_the_same_are_made_once(pages):
    one, other = step("one", fields=(field(1),)), step("other", fields=(field(2),))

    said, count = pages("{{ step.kind }} {{ step.fields[0].id }}", {"step": one}, {"step": other})

    assert (said, count) == (["form size"] * 2, 1)


@pytest.mark.parametrize(
    ("template", "one", "other", "said"),
    [
        ("{{ step.id }}", step("one"), step("other"), ["one", "other"]),
        (
            "{{ step.fields[0].minimum }}",
            step(fields=(field(minimum=Decimal("1.0")),)),
            step(fields=(field(minimum=Decimal("1.00")),)),
            ["1.0", "1.00"],
        ),
        ("{% for field in step.fields %}x{% endfor %}", step(), step(fields=(field(),)), ["", "x"]),
        ("{{ step.silent }}", step(), step(fields=(Field("a", "hidden"),)), ["False", "True"]),
        ("{% set mine = step %}{{ mine.id }}", step("one"), step("other"), ["one", "other"]),
    ],
)
def test_whatever_is_looked_at_makes_another_page(pages, template, one, other, said):
    assert pages(template, {"step": one}, {"step": other}) == (said, 2)


def test_a_step_is_found_again_among_its_workflow_s(pages):
    steps = (step("one"), step("other"))
    workflow = Workflow("subscribe_to_plan", None, steps)
    template = "{% for one in workflow.steps %}{{ '*' if one == step }}{{ one.id }} {% endfor %}"

    said, count = pages(template, *({"workflow": workflow, "step": one} for one in steps))

    assert (said, count) == (["*one other ", "one *other "], 2)


def test_a_word_and_what_a_text_reads_are_looked_at(pages):
    assert pages("{{ t('here') }}", {"place": "home"}, {"place": "work"}) == (
        ["you are at home", "you are at work"],
        2,
    )
    assert pages("{{ word }}", {"word": "a", "page": "1"}, {"word": "b", "page": "2"}, {"word": "a", "page": "3"}) == (
        ["a", "b", "a"],
        2,
    )


def test_a_number_that_stands_in_the_template_is_written_in_each_language(pages):
    assert pages("{{ 1234.5 | number }}", {}, languages=("en", "fr")) == (["1,234.5", "1\u202f234,5"], 2)


def test_what_is_wrong_is_told_of_every_page(pages):
    for _ in range(2):
        with pytest.raises(BadPage):
            pages("{{ unknown }}", {}, {})


@dataclass(frozen=True)
class Kept:
    folder: object
    theme: object

    def says(self):
        body = Oven(SITE, self.theme, {}, self.folder / "kept").bake("page.txt", Bill, "en", {}, {})
        return "".join(node.html for node in body)

    def files(self):
        return sorted((self.folder / "kept").iterdir())


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """Every page is made as by a program that was just started."""
    (tmp_path / "templates").mkdir()

    def write(words):
        monkeypatch.setattr(compiled, "_known", {})
        (tmp_path / "templates" / "page.txt").write_text(words, encoding="utf-8")
        return Kept(tmp_path, themed(tmp_path))

    return write


def test_a_compiled_template_is_kept_and_taken_again(kept, monkeypatch):
    first = kept("{{ 1 + 1 }}").says()
    (file,) = kept("{{ 1 + 1 }}").files()
    monkeypatch.setattr("jinja2.Environment.compile", lambda *_: pytest.fail("it is compiled again"))

    assert (first, kept("{{ 1 + 1 }}").says(), kept("{{ 1 + 1 }}").files()) == ("2", "2", [file])


def test_another_template_is_another_one(kept):
    assert [kept(words).says() for words in ("a", "b", "a")] == ["a", "b", "a"]
    assert len(kept("a").files()) == 2


def test_a_damaged_one_is_compiled_again(kept):
    kept("a").says()
    (file,) = kept("a").files()
    file.write_bytes(file.read_bytes()[:-1] + b"!")

    assert kept("a").says() == "a"


def test_other_code_of_ours_compiles_again(kept, monkeypatch):
    kept("a").says()
    monkeypatch.setattr(compiled, "_translator", lambda: "another")

    assert (kept("a").says(), len(kept("a").files())) == ("a", 2)


PRINTS = """
import sys
from pathlib import Path
from generator.compiler.build import build
print(build(Path(sys.argv[1]), "workflows.yaml", kept=Path(sys.argv[2])).bundle.id)
"""


def test_a_bundle_is_the_same_with_templates_that_were_kept(tmp_path):
    asked = [sys.executable, "-c", PRINTS, str(ROOT / "examples" / "acme" / "workflows.yaml"), str(tmp_path)]
    first, second = (
        subprocess.run(asked, capture_output=True, text=True, check=True, cwd=ROOT).stdout for _ in range(2)
    )

    assert first == second
    assert list(tmp_path.iterdir())


def test_where_others_may_write_nothing_is_run_that_lies_there(tmp_path):
    shared, own = tmp_path / "shared" / "templates", tmp_path / "own" / "templates"
    shared.parent.mkdir()
    shared.parent.chmod(0o777)

    assert compiled.Compiled(shared)._shelf is None
    assert compiled.Compiled(own)._shelf is not None
