"""Whatever is saved is built and shown: the last save always, and each build is told once."""

import os
import signal
import time

import pytest

from tests.studio.conftest import SHORT


def test_what_is_saved_is_shown(hand):
    hand.names("Saved")

    hand.until(lambda: hand.shown == "Saved")
    assert hand.studio.made.good


def test_of_two_quick_saves_the_second_one_is_shown(hand):
    hand.names("One")
    time.sleep(0.02)
    hand.names("Two")

    hand.until(lambda: hand.shown == "Two")


def test_a_file_that_takes_the_place_of_another_is_a_save(hand):
    hand.replaces(SHORT.format(name="Renamed"))

    hand.until(lambda: hand.shown == "Renamed")


def test_a_save_while_a_build_is_under_way_is_built_next(hand):
    before = {path.name for path in hand.studio.follower.home.glob("copy-*")}
    hand.names("Under way")
    hand.until(lambda: {path.name for path in hand.studio.follower.home.glob("copy-*")} - before)
    hand.names("Next")

    hand.until(lambda: hand.shown == "Next")


def test_a_folder_that_was_not_there_is_followed(hand):
    hand.saves("notice: {not_found: {title: Never heard of it}}\n", "texts/en.yaml")
    told = hand.told(len(hand.heard))
    assert not told.good
    assert "texts/en.yaml:1:1" in told.told
    hand.saves("portal: {sections: {}}\n", "texts/en.yaml")
    hand.until(lambda: hand.studio.made.good)
    (hand.folder / "texts" / "en.yaml").unlink()


def test_each_build_is_told_once_to_whoever_listens(hand):
    number, heard = hand.studio.news.last.number, len(hand.heard)
    stream = hand.studio.news.heard(number)
    assert next(stream).startswith("retry:")
    hand.names("Told")
    hand.until(lambda: hand.shown == "Told" and hand.studio.news.last.number - number == len(hand.heard) - heard)
    pieces = [next(stream)]

    assert pieces[0].startswith(f"id: {hand.studio.news.last.number}\n")
    assert hand.studio.news.after(hand.studio.news.last.number, 0.05) is None


def test_nothing_is_built_while_nobody_saves(hand):
    hand.names("Quiet")
    hand.until(lambda: hand.shown == "Quiet")
    count = len(hand.heard)
    os.utime(hand.folder)
    (hand.folder / "notes.txt").write_text("not ours", encoding="utf-8")
    time.sleep(0.3)

    assert len(hand.heard) == count


def test_a_builder_that_dies_is_told_and_the_next_save_has_another_one(hand):
    (builder,) = hand.studio.follower._pool._processes
    os.kill(builder, signal.SIGKILL)
    hand.names("Dead")
    told = hand.told(len(hand.heard))
    assert told.broke
    assert hand.shown != "Dead"
    hand.names("Alive again")

    hand.until(lambda: hand.shown == "Alive again")


MINE = "theme: {name: mine}"

BAD = {
    "a theme that extends itself": (
        {"themes/mine/theme.yaml": "extends: mine\n"},
        MINE,
        ('"mine" extends itself', "themes/mine/theme.yaml:1:10", "let one of them extend another theme"),
    ),
    "a missing parent": (
        {"themes/mine/theme.yaml": "extends: plian\n"},
        MINE,
        ('there is no theme "plian"; did you mean "plain"', "themes/mine/theme.yaml:1:10"),
    ),
    "a template that cannot be read": (
        {
            "themes/mine/theme.yaml": "extends: plain\n",
            "themes/mine/templates/notice.html": '{% extends "plain:notice.html" %}\n{% block main %}{{ t( }}\n',
        },
        MINE,
        ("themes/mine/templates/notice.html:2", "[template-syntax]"),
    ),
    "a token that nobody knows": (
        {
            "themes/mine/theme.yaml": "extends: plain\n",
            "themes/mine/tokens.yaml": 'colour:\n  ink: {$value: "{colour.inc}"}\n',
        },
        MINE,
        ('themes/mine/tokens.yaml:2:17: there is no token "colour.inc"; did you mean "colour.ink"?',),
    ),
    "a logo of 20 MB": (
        {"logo.png": b"\x89PNG\r\n\x1a\n" + b"0" * 20_000_000},
        "theme: {logo: logo.png}",
        ("[bad-logo]", "workflows.yaml:3:"),
    ),
    "what is no YAML": ({}, "version: 1\nsite: [}\n", ("workflows.yaml:2:8", "[yaml-syntax]")),
}


@pytest.mark.parametrize("why", BAD)
def test_what_is_wrong_is_told_the_last_good_pages_stay_and_the_next_good_save_clears_it(hand, why):
    files, theme, said = BAD[why]
    hand.until(lambda: hand.shown and hand.studio.made.good)
    shown, good = hand.shown, hand.studio.last_good.bundle
    for name, data in files.items():
        path = hand.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    hand.saves(SHORT.format(name="Bad").replace("languages: [en]", f"languages: [en], {theme}") if files else theme)
    hand.until(lambda: all(words in hand.studio.made.told for words in said))

    assert not hand.studio.made.broke
    assert (hand.shown, hand.studio.last_good.bundle) == (shown, good)
    hand.names(f"Good after {why}")
    hand.until(lambda: hand.shown == f"Good after {why}")
    assert hand.studio.made.good
    assert not hand.studio.made.told
