"""What a page weighs is said where most of it was written, and everything that is shipped is light enough."""

from dataclasses import replace

import pytest

from generator import shipped
from generator.compiler import theme
from generator.compiler.bake import heavy_page
from generator.compiler.bake.batch import Batch
from generator.compiler.bake.heavy_page import MOST_FONTS, MOST_PAGE, MOST_SCRIPT, VALUE, weight
from generator.compiler.bake.material import gathered
from generator.compiler.bake.orders import orders
from generator.compiler.build import site_of
from generator.model.page import Case, Each, Slot, Text
from generator.model.place import NOWHERE
from tests.support.town import ROOT

HEAD = Text('<link href="/a/s.css"><script src="/a/x.js"></script>')
SITE = site_of(ROOT / "examples" / "demo" / "workflows.yaml", "workflows.yaml")[0]
STEP = next(order for order in orders(SITE) if order.name == "subscribe_to_plan.onboarding.html")


@pytest.mark.parametrize(
    ("body", "bytes_"),
    [
        ((Text("abc"),), 3),
        ((Text("é"),), 2),
        ((Slot(("a",), "", "text"),), VALUE),
        ((Each(("a",), "b", (Text("abc"),), "text"),), 3),
        ((Case(("a",), "", (("x", (Text("abc"),)),), (Text("a"),), "text"),), 3),
        ((Case(("a",), "", (("x", (Text("abc"),)),), (Text("a"),), "tag"),), 1),
        ((Case(("fault",), "", (("", ()),), (Text("abc"),), "text"),), 0),
        ((Case(("faulty",), "flag", (("true", (Text("abc"),)),), (), "text"),), 0),
    ],
)
def test_a_page_weighs_what_it_is_where_nothing_is_wrong(body, bytes_):
    assert weight(body) == bytes_


@pytest.fixture
def own(tmp_path):
    """A theme that brings a style sheet, a script and a font of its own."""
    for name, words in {
        "theme.yaml": "extends: plain\nstyles: {theme: [own.css]}\n",
        "assets/own.css": "a { b: c }" * 4000,
        "assets/x.js": "",
        "assets/fonts/f.woff2": "",
    }.items():
        (tmp_path / "own" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "own" / name).write_text(words, encoding="utf-8")
    return theme.load("own", NOWHERE, {tmp_path: "themes", shipped.THEMES: "themes"}, ("en",), [])


def told(look, html=0, **files):
    found = heavy_page.check(SITE, look, STEP, (HEAD, Text("x" * html)), files)
    return [(str(problem.place), problem.says, problem.severity) for problem in found]


def of(size, words=""):
    return words.encode().ljust(size, b"x")


def test_each_budget_is_told_where_most_of_it_was_written(own):
    plain = theme.load("plain", NOWHERE, {shipped.THEMES: "themes"}, ("en",), [])
    light = {"s.css": of(MOST_PAGE - 1000), "x.js": of(MOST_SCRIPT)}
    fonts = {"s.css": of(99, "@font-face{src:url(/a/f.1.woff2)}"), "f.1.woff2": of(MOST_FONTS + 1)}

    assert told(plain, 900, **light) == []
    ((place, says, severity),) = told(plain, MOST_PAGE, **light)
    assert (place, severity) == (str(STEP.given["step"].place), "warning")
    assert 'the page "subscribe_to_plan.onboarding" has 80,973 bytes' in says
    ((place, says, _),) = told(own, 2000, **light)
    assert place == "themes/own/assets/own.css:1:1"
    ((place, says, _),) = told(own, 9, **{"s.css": of(9), "x.js": of(MOST_SCRIPT + 1)})
    assert (place, "10,241 bytes of scripts" in says) == ("themes/own/assets/x.js:1:1", True)
    ((place, says, _),) = told(own, 9, **fonts)
    some = {**fonts, "s.css": of(99, "@font-face{src:url(/a/f.1.woff2);unicode-range:U+0100}")}
    assert told(own, 9, **some) == []
    assert (place, "102,401 bytes of fonts" in says) == ("themes/own/assets/fonts/f.woff2:1:1", True)


@pytest.mark.parametrize("name", sorted(folder.name for folder in shipped.THEMES.iterdir()))
def test_every_page_that_is_shipped_is_light_enough_in_the_languages_with_the_longest_words(name):
    problems = []
    site = replace(SITE, look=replace(SITE.look, theme=name), languages=("ar", "ja"), wordings={})
    material = gathered(site, ROOT / "examples" / "demo", "", problems)
    heaviest = {order.kind.template: order for order in material.orders if not order.box}
    batch = Batch(site, material, problems)

    made = list(batch.some((language, order) for language in site.languages for order in heaviest.values()))

    assert [problem.says for problem in problems if problem.code == "heavy-page"] == []
    assert len(made) > 30
    assert max(len(data) for file, data in material.files.files.items() if file.endswith(".css")) < 26_000
