"""A merchant brings a language with one file: all of it is asked for, and what is there is never touched."""

import json
import re
from difflib import unified_diff

import pytest
import yaml
from click.testing import CliRunner

from generator import shipped
from generator.cli.texts import texts
from generator.compiler import report
from generator.compiler.build import build, site_of
from generator.compiler.draft import drafted, said_of
from generator.compiler.tongue import wanted, writing
from tests.support.town import ROOT

EXAMPLE = ROOT / "examples" / "languages"
SWEDISH = (EXAMPLE / "texts" / "sv.yaml").read_text(encoding="utf-8")

SHOP = "version: 1\nextends: default\nsite:\n  name: Lumen\n  languages: [en, sv]\n"

OURS = re.sub(
    r"(?ms)^portal:.*?^workflows:", "workflows:", re.sub(r"(?ms)^  subscribe_to_plan:.*?^  (?=\w)", "  ", SWEDISH)
)
"""The Swedish of the example without what only its own definition says."""


@pytest.fixture
def shop(tmp_path):
    """A definition in English and Swedish with these texts beside it, or none."""

    def make(said=None, name="sv", definition=SHOP):
        (tmp_path / "texts").mkdir(exist_ok=True)
        (tmp_path / "workflows.yaml").write_text(definition, encoding="utf-8")
        if said is not None:
            (tmp_path / "texts" / f"{name}.yaml").write_text(said, encoding="utf-8")
        return tmp_path / "workflows.yaml"

    return make


def read(text):
    return yaml.load(text, Loader=yaml.CSafeLoader)


def told(file):
    """What `check` tells before any page is made."""
    return report.text(drafted(file, "workflows.yaml").found.told(False).problems, lambda _: None)


def without(*keys):
    """The Swedish file without these lines, each known by how it begins."""
    lines = OURS.splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(keys))


def test_a_whole_file_is_a_whole_language(shop):
    made = build(shop(OURS), "workflows.yaml")

    assert made.problems == ()
    page = made.bundle.pages["sv", "subscribe_to_plan.payment.html"]
    assert '<html lang="sv"' in page
    assert "Beställ och betala" in page
    assert "betala inom" in page
    assert "Order" not in page


def test_without_a_file_it_is_said_how_to_begin_one(shop):
    assert told(shop()) == (
        "texts/sv.yaml:1:1: the theme does not speak sv, as it does ar, de, en, es, fr, it, ja, nl, pl, pt; begin a "
        "file for it with `hosted-pages texts sv --write`, or take sv out of `site.languages` [missing-language]"
    )


def test_what_is_missing_is_counted_and_its_first_keys_named_at_the_file(shop):
    words = ("skip: ", "sign_out:", "signed_in:", "footer:", "too_many_digits:")
    lacks = without("            label: Varför", *(f"    {word}" for word in words))

    assert told(shop(lacks)) == (
        "texts/sv.yaml:1:1: 7 texts are not said in sv: theme.shell (4): skip, footer, signed_in, …; theme.faults (2): "
        "too_many_digits.one, too_many_digits.other; workflows.terminate_subscription (1): "
        "steps.confirm.fields.reason.label; `hosted-pages texts sv --write` puts them into the file, each with what it "
        "says elsewhere [missing-text]"
    )


@pytest.mark.parametrize(
    ("line", "other", "code"),
    [
        ("    skip:", '    skipp: "Hoppa"', "unknown-text"),
        ("    vat_number:", '    vat_number: "Momsregistreringsnummer"', "placeholder-differs"),
        (
            "    per_day:",
            '    per_day: {plural: count, one: "per dag", two: "x", other: "var {count}:e dag"}',
            "unknown-text",
        ),
    ],
)
def test_what_nobody_asked_for_and_a_lost_value_are_told_at_their_line(shop, line, other, code):
    changed = re.sub(rf"(?m)^{line}.*$", other, OURS, count=1)
    row = 1 + changed.splitlines().index(other)

    assert re.search(rf"(?m)^texts/sv.yaml:{row}:.*\[{code}\]$", told(shop(changed)))


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("svenska", "call it sv.yaml [unknown-language]"),
        ("Swedish", "call it sv.yaml [unknown-language]"),
        ("pt_BR", "call it pt-BR.yaml, and add pt-BR to `site.languages` [unknown-language]"),
        ("xx", "call it by its code, such as en.yaml or pt-BR.yaml [unknown-language]"),
    ],
)
def test_a_file_that_is_called_by_no_language_is_told_what_it_is_to_be_called(shop, name, remedy):
    assert told(shop(OURS, name)).splitlines()[0].endswith(remedy)


def test_a_language_of_a_country_is_said_as_the_language_is(shop):
    file = shop("theme: {shell: {leave: Ir embora}}\n", "pt-PT", SHOP.replace("sv", "pt-PT"))
    page = build(file, "workflows.yaml").bundle.pages["pt-PT", "subscribe_to_plan.payment.html"]

    assert "Ir embora" in page
    assert "Forma de pagamento" in page or "pagamento" in page


def written(shop_file, *words):
    answer = CliRunner().invoke(texts, [*words, str(shop_file)], standalone_mode=False)
    assert answer.exception is None, answer.output
    return answer


def leaves(tree, before=()):
    """Each key that leads to a sentence, or to where one is to be."""
    for name, below in tree.items():
        yield from leaves(below, (*before, name)) if isinstance(below, dict) else [(*before, name)]


ALL = set(leaves(read(OURS)))


def test_a_new_file_asks_for_all_of_it_and_is_not_written_unasked(shop):
    file = shop()
    shown = written(file, "sv").stdout

    assert list((file.parent / "texts").iterdir()) == []
    assert set(leaves(read(shown))) == ALL
    assert "    # Leave\n    leave:\n" in shown
    assert "sv has a form for each of: one, other" in shown


def test_a_language_counts_in_its_own_forms_and_is_written_in_its_own_direction(shop):
    shown = written(shop(definition=SHOP.replace("sv", "he")), "he").stdout

    assert "written from right to left" in shown
    assert "one, two, other" in shown
    assert {"plural", "one", "two", "other"} == set(read(shown)["theme"]["price"]["per_day"])


LACKING = {
    "lines in the middle": without("    leave:", "    too_short:", "            label: Varför"),
    "the last of a section": without("    vat_number:", "    card_number:"),
    "a whole section": re.sub(r"(?ms)^  faults:.*?^  (?=\w)", "  ", OURS),
    "a section that is empty": re.sub(r"(?ms)^  faults:\n.*?^  (?=\w)", "  faults:\n  ", OURS),
    "a key between braces": OURS.replace(', help: "Hit skickar vi dina fakturor."', ""),
    "a number's form": OURS.replace('one: "per dag", ', ""),
    "all that the theme says": OURS[OURS.index("workflows:") :],
    "all that the definition says": OURS[: OURS.index("workflows:")],
    "the end of the last line": OURS[: OURS.rindex("\n")],
}


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """All that is to be said in Swedish."""
    file = tmp_path_factory.mktemp("shop") / "workflows.yaml"
    file.write_text(SHOP, encoding="utf-8")
    site, _ = site_of(file, "workflows.yaml")
    return wanted.tree(site, said_of(file, "workflows.yaml"), file.parent, "sv")


@pytest.mark.parametrize("lacks", LACKING.values(), ids=LACKING)
def test_what_is_missing_is_put_in_and_all_that_is_there_stays(tree, lacks):
    lacks = lacks.replace("theme:\n", "# Our words, by Åsa\ntheme: # all of it\n", 1)
    now = writing.filled(lacks, tree)
    before, after = read(lacks), read(now)
    changed = [line for line in unified_diff(lacks.splitlines(), now.splitlines(), n=0, lineterm="") if line[0] == "-"]

    assert set(leaves(after)) == ALL
    assert all(value(after, path) == value(before, path) for path in leaves(before) if path in ALL)
    assert all(line in ("--- ", "--- \n") or "{" in line for line in changed), (
        "only between braces a line is written on"
    )
    assert writing.filled(now, tree) == now


def value(tree, path):
    for name in path:
        tree = tree[name]
    return tree


def test_what_is_not_filled_in_is_still_missing(shop):
    file = shop("# Ours\n" + without("    skip:"))
    answer = written(file, "sv", "--write")
    said = (file.parent / "texts" / "sv.yaml").read_text(encoding="utf-8")

    assert said.startswith("# Ours\n")
    assert "\n    # Skip to the content\n    skip:\n" in said
    assert "1 text is missing in sv" in answer.stderr
    assert "1 text is not said in sv: theme.shell (1): skip;" in told(file)


def test_a_language_that_is_spoken_lacks_only_what_the_definition_says_of_its_own(shop):
    own = "  slots: {help: {en: Ask us}}\nworkflows:\n  subscribe_to_plan:\n    title: {en: Join us}\n"
    answer = written(shop(definition=SHOP.replace("sv", "de") + own), "de")

    assert read(answer.stdout) == {
        "site": {"slots": {"help": None}},
        "workflows": {"subscribe_to_plan": {"title": None}},
    }
    assert "2 texts are missing in de" in answer.stderr


@pytest.mark.parametrize(("word", "such"), [("svenska", "its code, sv"), ("xx", "such as sv or pt-PT")])
def test_a_word_that_is_no_language_is_refused(shop, word, such):
    answer = CliRunner().invoke(texts, [word, str(shop())])

    assert answer.exit_code == 2
    assert such in " ".join(answer.output.split())


def test_every_sentence_that_a_file_may_say_is_asked_for():
    """The schema of texts and what is written out know the same places."""
    schema = json.loads((shipped.SCHEMAS / "texts.schema.json").read_text(encoding="utf-8"))

    def places(below, path=()):
        ref = below.get("$ref", "").rpartition("/")[2]
        if ref in ("sentence", "wordings"):
            return {path} if ref == "sentence" else set()
        below = schema["$defs"][ref] if ref else below
        keys = {**below.get("properties", {}), "*": below.get("additionalProperties")}
        return {place for key, one in keys.items() if isinstance(one, dict) for place in places(one, (*path, key))}

    def asked(path, shape):
        for key in path:
            shape = shape.get(key, shape.get("*", {})) if isinstance(shape, dict) else {}
        return shape is None

    assert len(places(schema)) > 10
    assert [path for path in sorted(places(schema)) if not asked(path, wanted.SHAPE)] == []
