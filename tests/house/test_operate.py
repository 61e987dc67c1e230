"""What operators are handed starts verbs that there are, with settings that there are, and waits until they end."""

import configparser
import json
import re
import shlex

import pytest

from generator.cli import hosted_pages
from generator.cli.until_told import PATIENCE
from generator.model.settings import PREFIX
from tests.support.town import ROOT

FOLDER = ROOT / "examples" / "operate"
UNITS = sorted(FOLDER.glob("*.service"))
CONTAINER = (FOLDER / "Containerfile").read_text(encoding="utf-8")


def unit(file):
    read = configparser.RawConfigParser(strict=False)
    read.optionxform = str
    read.read_string(file.read_text(encoding="utf-8"))
    return read


def understood(words):
    """Whether our program takes these words."""
    verb = hosted_pages.get_command(None, words[0])
    return verb.make_context(words[0], list(words[1:]))


@pytest.mark.parametrize("file", UNITS, ids=lambda file: file.name)
def test_a_unit_starts_a_verb_and_waits_until_it_has_ended(file):
    service = unit(file)["Service"]
    words = shlex.split(service["ExecStart"])

    assert words[0].endswith("/hosted-pages")
    assert understood(words[1:])
    assert int(service["TimeoutStopSec"]) > PATIENCE


def test_a_container_starts_a_verb_that_can_be_reached():
    (command,) = re.findall(r"^CMD (\[.*\])$", CONTAINER, re.M)
    context = understood(json.loads(command))

    assert context.params["host"] == "0.0.0.0"
    assert context.params["worker"] is False
    assert f"EXPOSE {context.params['port']}" in CONTAINER
    assert f":{context.params['port']}/healthz" in CONTAINER


def test_every_setting_that_is_named_is_one():
    operators = (ROOT / "docs" / "operators.md").read_text(encoding="utf-8")
    told = CONTAINER + "".join(file.read_text(encoding="utf-8") for file in UNITS)
    names = set(re.findall(rf"{PREFIX}[A-Z_]+", told))

    assert len(UNITS) == 2
    assert names
    assert all(f"`{name}`" in operators for name in names)
