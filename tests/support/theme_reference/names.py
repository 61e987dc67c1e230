"""The live names of each page, and of all that stands below them."""

from generator.compiler.bake.kinds import FORMATS_OF, names_of
from generator.model.live.parts import Shell
from generator.model.live.portal import PortalPage
from generator.model.live.steps import StepPage
from tests.support.theme_reference.examples import examples
from tests.support.theme_reference.meanings import ONE, code, in_words, link, row, said, says, table, things

FRAMES = {Shell: "layout.html", StepPage: "steps/step.html", PortalPage: "portal/section.html"}
"""Live names that many pages share, by the template in which they are said."""

CAN = {
    "text": "placed; told apart by `{% case %}`; asked by `{% when %}` where it may be nothing",
    "url": "placed, as the whole of an address",
    "number": "placed; counted by a text",
    "flag": "asked by `{% when %}`",
    "money": "placed",
    "date": "placed",
    "moment": "placed",
    "word": "placed; told apart by `{% case %}`",
    "thing": "looked into: `quote.due_now`; passed on to a macro",
    "list": "gone through by `{% each %}`",
    "map": 'looked into by an id: `fields["email"]`',
}

CALLED = ONE | {"word": "one of …", "thing": "a name of [things](#things)", "list": "list of …", "map": "map of …"}


def kinds():
    """What may be done with each kind of thing."""
    lines = table("type", "can be", "formats, the usual one first")
    for sort in CAN:
        formats = ", ".join(code(name) for name in FORMATS_OF.get(sort, ()) if name) or "–"
        lines.append(row(CALLED[sort], CAN[sort], formats))
    return lines


def of_class(one):
    """The names that it adds to those of the classes that it builds on."""
    lines = table("name", "type", "meaning", "example")
    for name, meaning in said(one).items():
        lines.append(row(code(name), in_words(names_of(one)[name]), meaning, examples().get((one, name), "")))
    return lines


def of_page(live, shown):
    """The names of a page's own, each class once: `shown` are the templates in which one was said already."""
    above = [one for one in reversed(live.__mro__[:-1]) if said(one) and (one in FRAMES or one in shown)]
    own = [one for one in reversed(live.__mro__[:-1]) if said(one) and one not in above]
    known = ", ".join(link(FRAMES[one]) if one in FRAMES else f"`{one.__name__}` ({link(shown[one])})" for one in above)
    yield from (
        "",
        f"`{live.__name__}`: {says(live)} Live names: {f'those of {known}' if above else ''}"
        f"{', and' if above and own else ''}{':' if own else '.'}",
    )
    for one in own:
        yield from ("", *of_class(one))


def below():
    """Everything that a live name may be or have below it."""
    for name, one in things().items():
        yield from ("", f"### {name}", "", says(one), "", *of_class(one))
