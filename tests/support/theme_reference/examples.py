"""What live names are in the gallery: examples that are true, because pages are shown with them."""

from collections.abc import Mapping
from dataclasses import is_dataclass
from functools import cache
from inspect import get_annotations

from generator.compiler.bake.kinds import names_of
from generator.compiler.build import site_of
from generator.gallery.collection import collect
from generator.locale import speech
from generator.model.money import Money
from tests.support.theme_reference.meanings import oneline
from tests.support.town import DEMO, PRICES

LONGEST = 60
WRITTEN = {"text": "", "url": "", "number": "number", "money": "money", "date": "date", "moment": "time"}
"""How the example of each kind is written out; the words of a closed set are all said already."""


NOTHING = "`0`"
"""An example only where there is no other."""


@cache
def demo():
    site, problems = site_of(DEMO / "workflows.yaml", "workflows.yaml")
    assert not problems
    return site


@cache
def examples():
    """By the class that has the name, and the name: the first value in the order of a visit that says something."""
    found = {}
    for exhibit in collect(demo(), PRICES).exhibits:
        _walk(exhibit.live("en"), found)
    return found


def _walk(thing, found):
    if isinstance(thing, Mapping):
        for value in thing.values():
            _walk(value, found)
    elif isinstance(thing, tuple):
        for value in thing:
            _walk(value, found)
    elif is_dataclass(thing) and not isinstance(thing, Money):
        for name, kind in names_of(type(thing)).items():
            value = getattr(thing, name)
            if kind.sort in ("thing", "list", "map"):
                _walk(value, found)
            said = _said(kind, value)
            if said and found.get(key := (_has(type(thing), name), name)) in (None, NOTHING):
                found[key] = said


def _has(one, name):
    """The class that declares it."""
    return next(above for above in one.__mro__ if name in get_annotations(above))


def _said(kind, value):
    if kind.sort == "list" and value and isinstance(value[0], str):
        value = value[0]
    elif kind.sort not in WRITTEN or value in (None, ""):
        return ""
    words = oneline(speech.formats("en")[WRITTEN.get(kind.sort, "")](value))
    return f"`{words if len(words) <= LONGEST else words[:LONGEST].rstrip() + '…'}`"
