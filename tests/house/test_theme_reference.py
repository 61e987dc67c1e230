"""The page that tells designers of every template, block, live name and token says what the code says."""

import re
from inspect import getdoc

from generator.compiler.bake.at_build import AT_BUILD
from generator.compiler.bake.tags import LiveTags
from generator.model.live import live_of
from generator.model.pages import PAGES
from tests.support.kept import stands
from tests.support.theme_reference import looks, templates
from tests.support.theme_reference.meanings import anchor, said, says, things
from tests.support.theme_reference.page import known, page
from tests.support.town import ROOT

PAGE = ROOT / "docs" / "theme-reference.md"


def classes():
    """Every class of live names."""
    tops = {above for kind in PAGES for above in live_of(kind).__mro__[:-1]}
    return (*tops, *things().values())


def test_the_page_is_fresh():
    fresh = page()
    assert stands(PAGE, fresh) == fresh


def test_every_live_name_says_what_it_means():
    assert [one.__name__ for one in classes() if not says(one)] == []
    assert [f"{one.__name__}.{name}" for one in classes() for name, meaning in said(one).items() if not meaning] == []


def test_every_template_says_what_it_is_for_and_every_block_that_others_fill():
    words = page()
    for name in templates.files():
        assert templates.purpose(name) or name.endswith(".txt"), name
        assert name in words or name.removesuffix(".txt").removesuffix(".subject") in words, name
    filled = {
        (source.name, block)
        for name in templates.files()
        for source in templates.lineage(name)[1:]
        for block in source.blocks
    }
    frames = [(name, block) for name, block in filled if name not in templates.pages()]
    assert [one for one in sorted(frames) if not templates.meaning(templates.lineage(one[0])[0], one[1])] == []


def test_every_name_that_is_known_at_build_and_every_function_and_tag_is_described():
    called, given = known()
    assert set(AT_BUILD) == given | {name for name, thing in called.items() if not callable(thing)}
    assert all(getdoc(thing) for thing in called.values() if callable(thing))
    assert {"when", "each", "case"} == LiveTags.tags


def test_every_token_and_setting_says_what_it_is_for():
    assert [name for name in looks.dressed().modes["light"] if not looks.says(name)] == []
    assert all(setting.says for setting in looks.dressed().settings.values())


def test_every_place_on_the_page_that_it_leads_to_is_there():
    words = page()
    there = {anchor(title) for title in re.findall(r"^#+ (.*)$", words, re.M)}
    assert set(re.findall(r"\]\((#[^)]*)\)", words)) <= there
