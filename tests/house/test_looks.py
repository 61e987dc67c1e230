"""Every theme that is shipped is finished: in all modes, with all that a merchant may set, and light enough to load."""

import json

import pytest

from generator import shipped
from generator.compiler import theme
from generator.compiler.bake import sheets
from generator.compiler.theme import look
from generator.compiler.theme.look.modes import FILES, MODES
from generator.compiler.theme.look.tokens import file_of
from generator.model.place import NOWHERE
from generator.model.site import Look, Setting
from tests.support.town import ROOT

THEMES = sorted(file.parent.name for file in shipped.THEMES.glob("*/theme.yaml"))
SCHEMA = json.loads((shipped.SCHEMAS / "workflows.schema.json").read_text(encoding="utf-8"))
IN_SCHEMA = SCHEMA["$defs"]["site"]["properties"]["theme"]["properties"]
MERCHANTS = (ROOT / "docs" / "merchants.md").read_text(encoding="utf-8")
MERCHANTS = MERCHANTS.partition("## How your pages look")[2].partition("\n## ")[0]

BRANDS = ["#000000", "#1a1a1a", "#3257d6", "#7a3df0", "#b4441a", "#0f766e", "#be123c", "#a16207", "#4d7c0f", "#e11d48"]
MOST_FONT_BYTES = 100_000


def loaded(name):
    problems = []
    found = theme.load(name, NOWHERE, {shipped.THEMES: "themes"}, (), problems)
    assert problems == []
    return found


def dressed(name, **said):
    """How a theme looks with what a merchant sets, and what is wrong with that."""
    problems = []
    settings = tuple(Setting(key, value) for key, value in said.items())
    return look.dress(loaded(name).layers, Look(name, settings), problems), [problem.says for problem in problems]


def chosen():
    """Each theme with each word that each of its settings may have."""
    for name in THEMES:
        for setting in dressed(name)[0].settings.values():
            for word in setting.words:
                yield name, setting.name, word


@pytest.mark.parametrize("name", THEMES)
def test_every_token_has_a_value_in_every_mode_and_every_pair_can_be_seen(name):
    dress, wrong = dressed(name)

    assert wrong == []
    assert len(dress.tokens) > 60
    assert all(set(dress.modes[mode]) == set(dress.tokens) for mode in MODES)
    assert {role.foreground for role in dress.roles} >= {"colour.ink", "brand.text", "bad.ink", "accent.ring"}


@pytest.mark.parametrize("name", THEMES)
def test_every_token_of_a_theme_says_what_it_is_for(name):
    assert [token.name for token in dressed(name)[0].tokens.values() if not token.says.endswith(".")] == []


@pytest.mark.parametrize("name", THEMES)
def test_every_theme_has_each_mode_of_its_own_or_says_nothing_that_a_mode_would_have_to_say(name):
    """A theme with colours of its own has them in dark, too."""
    own = {mode: (shipped.THEMES / name / file_of(mode)).is_file() for mode in FILES}

    assert own["dark"] or not own[""]
    assert own["contrast"] or not own[""]


@pytest.mark.parametrize("brand", BRANDS)
@pytest.mark.parametrize("name", THEMES)
def test_whatever_colour_a_merchant_has_all_that_is_made_of_it_can_be_seen(name, brand):
    for mode in ("auto", "dark"):
        assert dressed(name, brand=brand, accent=brand, mode=mode)[1] == []


@pytest.mark.parametrize(("name", "setting", "word"), list(chosen()))
def test_every_setting_may_have_each_of_its_words_and_says_what_it_means(name, setting, word):
    dress, wrong = dressed(name, **{setting: word})

    assert wrong == []
    assert dress.settings[setting].words[word].endswith(".")
    assert dress.settings[setting].says.endswith(".")
    assert f"`{word}`" in MERCHANTS


def test_editors_know_the_themes_and_the_settings_and_merchants_are_told():
    told = {line.split("`")[1] for line in MERCHANTS.splitlines() if line.startswith("| `")}

    assert sorted(IN_SCHEMA["name"]["examples"]) == THEMES
    for name in THEMES:
        settings = dressed(name)[0].settings
        assert {"name", "logo", *settings} == set(IN_SCHEMA) == told
        assert f"`{name}`" in MERCHANTS
    plain = dressed("plain")[0].settings
    for key in ("radius", "density"):
        assert IN_SCHEMA[key]["examples"] == list(plain[key].words)
    assert IN_SCHEMA["mode"]["enum"] == list(plain["mode"].words)


@pytest.mark.parametrize("name", THEMES)
def test_a_page_loads_few_bytes_of_fonts_and_the_first_of_them_early(name):
    found = loaded(name)
    fonts = sorted((found.layers[0].assets / "fonts").glob("*.woff2"))
    addresses = {f"fonts/{font.name}": f"/a/{font.name}" for font in fonts}
    (early,) = sheets.preloads(found, dressed(name)[0], addresses)

    assert sum(font.stat().st_size for font in fonts) < MOST_FONT_BYTES
    assert "-latin-wght" in early
    assert sheets.preloads(found, dressed(name, font="system")[0], addresses) == ()
    assert (found.layers[0].assets / "fonts" / "OFL.txt").is_file()


@pytest.mark.parametrize("name", THEMES)
def test_no_words_are_smaller_than_thirteen_pixels_and_in_dense_none_smaller_than_fourteen(name):
    sizes = [value.css for token, value in dressed(name)[0].modes["light"].items() if token.startswith("size.")]

    assert min(float(size.removesuffix("rem")) * 16 for size in sizes) >= (14 if name == "dense" else 13)
