"""What each page must have, whatever a theme makes of it: without it somebody could not go on, pay, leave or know."""

from collections.abc import Iterator, Mapping

from generator.compiler.bake.contract.parts import (
    Part,
    alert,
    decided,
    element,
    full,
    hears,
    leads_to,
    linked,
    listed,
    plain,
    posted,
    says,
    sending,
    sent,
    shown,
    spoken,
)
from generator.compiler.sentence import BadPhrase, parts
from generator.model.portal import Section
from generator.model.site import Site
from generator.model.text import Phrase
from generator.model.workflow import Field

LAYOUT, STEP, FIELD, ACTIONS = "layout.html", "steps/step.html", "parts/field.html", "parts/subscription.html"

EVERY_PAGE = (
    Part("its language", spoken(), '<html lang="{{ language }}">', (LAYOUT,)),
    Part("a title", full("title"), "<title>{% block title %}{% endblock %}</title>", ("title", LAYOUT)),
    Part(
        "the width of the screen",
        element("meta", name="viewport", content="width=device-width"),
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        (LAYOUT,),
    ),
    Part("its main content", element("main"), '<main id="main" tabindex="-1">', (LAYOUT,)),
    Part("a heading", full("h1"), "<h1>{{ self.title() }}</h1>", ("heading", "title", "main", "entry/entry.html")),
    Part(
        "a way to sign out",
        posted("who.sign_out"),
        '<form … action="{{ who.sign_out }}">',
        (LAYOUT,),
        {"who": "true"},
    ),
)
"""Of all that customers open; mails and paper are no pages."""

EVERY_STEP = (
    Part("a way to leave", linked("leave"), '<a href="{{ leave }}">', ("tools", STEP)),
    Part("its form", posted("here"), '<form method="post" action="{{ here }}">', ("main", STEP)),
    Part(
        "the walk's version",
        sent("version", "version"),
        '<input type="hidden" name="version" value="{{ version }}">',
        ("main", STEP),
    ),
    Part(
        "its language for what is agreed to",
        sent("page.language"),
        '<input type="hidden" name="page.language" value="{{ language }}">',
        ("main", STEP),
    ),
    Part(
        "word that another window was faster",
        alert(),
        '{% when stale %}<div role="alert">',
        ("main", STEP),
        {"stale": "true"},
    ),
)

PAYS = {"free": "false", "nothing_now": "false", "about": "plan", "case": "pay_now", "any_way": "true"}
"""Of somebody who pays something now."""

_SHOWN = Part(
    "which quote was shown",
    sent("shown", "quote.shown"),
    '<input type="hidden" name="shown" value="{{ quote.shown }}">',
    ("fields",),
)
_NOW = Part(
    "what is due now",
    shown("quote.due_now"),
    "{{ quote.due_now }}",
    ("price", "act", "aside", "fields", "parts/recap.html"),
    PAYS,
)
_LATER = Part(
    "what is due later",
    shown("quote.due_later"),
    "{{ quote.due_later }}",
    ("price", "act", "aside", "fields", "parts/recap.html"),
    {**PAYS, "quote.later_on": "true"},
)
_FAULTY = Part(
    "a summary of what is to be put right",
    alert(),
    "{{ field.summary(step.fields, fields, faulty) }}",
    ("faults", "main", STEP, FIELD),
    {"faulty": "true", "stale": "false"},
)
_BUTTON = Part(
    "the button that goes on, without a name",
    sending(),
    "<button>",
    ("button", "act", "fields", STEP),
    {"any_way": "true"},
)

_NUMBER = Part("its number", shown("number"), "{{ invoice.number }}", ("number", "print/sheet.html"))
_TOTAL = Part("what it comes to", shown("total"), "{{ invoice.total }}", ("body", "print/parts.html"))
_CODE = Part("the code", shown("code"), "{{ code }}", ("letter",))
_LINK = Part("its link", shown("link"), "{{ link }}", ())
_DOOR = Part("its link", linked("link"), '<a href="{{ link }}">', ("letter", "mail/parts.html"))

MUST: Mapping[str, tuple[Part, ...]] = {
    "steps/catalog.html": (
        Part(
            "a button for each plan",
            sent("plan", "plan.ref"),
            '<button name="plan" value="{{ card.plan.ref }}">',
            ("fields", "parts/plan.html"),
        ),
        Part("each plan's price", shown("plan.price"), "{{ card.plan.price }}", ("fields", "parts/plan.html"), PAYS),
    ),
    "steps/options.html": (
        Part("the options", listed("options"), "{% each options as option %}", ("fields",)),
        *(_NOW, _LATER, _FAULTY, _BUTTON),
    ),
    "steps/form.html": (_FAULTY, _BUTTON),
    "steps/message.html": (_BUTTON,),
    "steps/summary.html": (
        *(_SHOWN, _NOW, _LATER, _FAULTY, _BUTTON),
        Part(
            "what is charged for, line by line",
            listed("quote.lines_now"),
            "{% each quote.lines_now as line %}",
            ("fields", "parts/words.html"),
        ),
        Part(
            "how long it binds",
            shown("quote.committed_until"),
            "{{ quote.committed_until }}",
            ("fields", "aside", "parts/recap.html"),
            {**PAYS, "committed_until": "true"},
        ),
        Part(
            "the day on which it happens",
            shown("quote.effective_on"),
            "{{ quote.effective_on }}",
            ("fields", "aside", "parts/recap.html"),
            {**PAYS, "effective_on": "true"},
        ),
        Part("word of what changed meanwhile", decided("moved"), "{% case moved %}", ("faults",)),
    ),
    "steps/confirm.html": (
        *(_SHOWN, _NOW, _FAULTY),
        Part(
            "the button that ends it",
            sent("leaving.choice"),
            '<button name="leaving.choice" value="terminate">',
            ("button", "act", "fields", "parts/choices.html"),
        ),
        Part(
            "the day on which it ends",
            shown("quote.effective_on"),
            "{{ quote.effective_on }}",
            ("fields", "parts/choices.html"),
            {"effective_on": "true"},
        ),
    ),
    "steps/payment.html": (
        *(_SHOWN, _NOW, _LATER, _FAULTY, _BUTTON),
        Part(
            "the ways to pay",
            sent("method"),
            '<input type="radio" name="method" value="…">',
            ("fields",),
            {**PAYS, "several": "true"},
        ),
        Part(
            "the methods on file",
            listed("methods"),
            "{% each methods as method %}",
            ("fields",),
            {**PAYS, "several": "true"},
        ),
        Part(
            "why a try came to nothing",
            decided("declined"),
            "{% case declined %}",
            ("faults",),
            {"cooling_until": "false"},
        ),
        Part(
            "until when no bank is asked",
            shown("cooling_until"),
            "{{ cooling_until }}",
            ("faults",),
            {"cooling_until": "true"},
        ),
    ),
    "steps/waiting.html": (
        Part("a way to go on", linked("go_on"), '<a href="{{ go_on }}">', ("main",), {"go_on": "true"}),
        Part("how it stands", decided("state"), "{% case state %}", ("main",)),
    ),
    "steps/paying.html": (
        Part("the way to the provider's page", posted("here"), '<form method="post" action="{{ here }}">', ("main",)),
    ),
    "steps/done.html": (
        Part("how it ended", hears("outcome"), "{% case outcome %}", ("main", "title"), {"about": "plan"}),
        Part("a way to go on", linked("go_on"), '<a href="{{ go_on }}">', ("main",)),
    ),
    "notice.html": (Part("a way to go on", linked("go_on"), '<a href="{{ go_on }}">', ("main",), {"go_on": "true"}),),
    "entry/sign_in.html": (Part("the e-mail address", sent("email"), '<input name="email">', ("fields",)), _BUTTON),
    "entry/code.html": (
        Part("the code", sent("code"), '<input name="code" autocomplete="one-time-code">', ("fields",)),
        Part("a way to another code", linked("again"), '<a href="{{ again }}">', ("more",)),
        _BUTTON,
    ),
    "entry/accounts.html": (
        Part(
            "a button for each account",
            sent("customer", "account.id"),
            '<button name="customer" value="{{ account.id }}">',
            ("fields",),
        ),
    ),
    "entry/offers.html": (
        Part(
            "a way to each plan",
            linked("choose"),
            '<a href="{{ card.choose }}">',
            ("main", "parts/plan.html"),
            {"any": "true"},
        ),
        Part(
            "each plan's price",
            shown("plan.price"),
            "{{ card.plan.price }}",
            ("main", "parts/plan.html"),
            {**PAYS, "any": "true"},
        ),
    ),
    "portal/invoices.html": (
        Part(
            "a way to each invoice",
            linked("detail"),
            '<a href="{{ invoice.detail }}">',
            ("section", "parts/invoice.html"),
            {"any": "true"},
        ),
        Part(
            "what each invoice comes to",
            shown("total"),
            "{{ invoice.total }}",
            ("section", "parts/invoice.html"),
            {"any": "true"},
        ),
        Part(
            "a way to older ones",
            linked("older"),
            '<a href="{{ older }}">',
            ("section",),
            {"any": "true", "older": "true"},
        ),
    ),
    "portal/invoice.html": (
        Part("what it comes to", shown("invoice.total"), "{{ invoice.total }}", ("section",)),
        Part("a way to the file", linked("invoice.pdf"), '<a href="{{ invoice.pdf }}">', ("section",)),
        Part(
            "what is charged for, line by line",
            listed("invoice.lines"),
            "{% each invoice.lines as line %}",
            ("section", "parts/invoice.html"),
        ),
    ),
    "portal/credit_note.html": (
        Part("a way to the file", linked("note.pdf"), '<a href="{{ note.pdf }}">', ("section",)),
    ),
    "portal/statement.html": (
        Part(
            "what happened in each currency",
            listed("statement.accounts"),
            "{% each statement.accounts as one %}",
            ("section",),
            {"any": "true"},
        ),
        Part("a way to the file", linked("pdf"), '<a href="{{ pdf }}">', ("section",), {"any": "true"}),
    ),
    "portal/payment_method.html": (
        Part(
            "a way to take one away",
            linked("remove"),
            '<a href="{{ method.remove }}">',
            ("section",),
            {"any": "true", "remove": "true"},
        ),
    ),
    "portal/remove_method.html": (
        Part("the button that takes it away", sending(), "<button>", ("section",)),
        Part("a way back", linked("back"), '<a href="{{ back }}">', ("section",)),
    ),
    "print/invoice.html": (
        _NUMBER,
        _TOTAL,
        Part("its lines", listed("invoice.lines"), "{% each … as line %}", ("body",)),
    ),
    "print/credit_note.html": (
        Part("its lines", listed("note.lines"), "{% each … as line %}", ("body",)),
        _NUMBER,
        _TOTAL,
    ),
    "print/statement.html": (
        Part("what happened", listed("statement.accounts"), "{% each … as one %}", ("body",), {"any": "true"}),
    ),
    "mail/code.html": (_CODE,),
    "mail/code.txt": (_CODE,),
    "mail/fresh_link.html": (_DOOR,),
    "mail/fresh_link.txt": (_LINK,),
    "mail/link.html": (_DOOR,),
    "mail/link.txt": (_LINK,),
    "mail/told.html": (_DOOR,),
    "mail/told.txt": (_LINK,),
}
"""By a page's template: what it must have beside what every page and every step must."""

BUTTONS = {"link_expired": "mail", "link_once": "once", "other_customer": "switch"}
"""Notices with a form of their own, and the name of its button."""

LEGAL = {
    "terms": "the terms of sale",
    "privacy": "the privacy policy",
    "cancel": "the way to cancel",
    "withdraw": "the way to withdraw",
    "accessibility": "the statement on accessibility",
}

_ONE = {"any": "true", "one": "true", "any_action": "true"}
_ACTS = {
    "terminate": ("terminate_subscription", "a way to end a subscription"),
    "restart": ("restart_subscription", "a way to go on with a subscription"),
    "change_plan": ("change_plan", "a way to another plan"),
    "change_options": ("change_options", "a way to other options"),
}


def of_site(site: Site) -> Iterator[Part]:
    """What a site has every page say: who sells, on which terms, in which other language, and what is in its slots."""
    for key, what in LEGAL.items():
        if url := site.urls.get(key):
            yield Part(what, leads_to(url), f'<a href="{{{{ site.urls.{key} }}}}">', (LAYOUT,))
    if len(site.languages) > 1:
        yield Part(
            "the other languages", sent("language", posted=""), '<button name="language" value="{{ tag }}">', (LAYOUT,)
        )
    for name, text in (("header", site.slots.header), ("help", site.slots.help), ("footer", site.slots.footer)):
        if text and (words := tuple(filter(None, map(_longest, text.phrases)))):
            slot = f"site.slots.{name}"
            write = f'{{% for one in paragraphs({slot}, language) %}}<p>{{{{ said(one, "") }}}}</p>{{% endfor %}}'
            yield Part(f"what is said in `{slot}`", says(words), write, (name, LAYOUT))


def _longest(phrase: Phrase) -> str:
    """The longest words of a text without a name in between, by which it is found; empty where it has names alone."""
    try:
        read = [piece for part in phrase.says.split("\n\n") for piece in parts(part)]
    except BadPhrase:  # told where it is said
        return ""
    return max((plain(piece) for piece in read if isinstance(piece, str)), key=len, default="")


def of_notice(notice: str) -> Part:
    """The button of a notice with a form of its own."""
    name = BUTTONS[notice]
    return Part("its button", sent(name), f'<button name="{name}" value="yes">', ("main",))


def of_field(field: Field) -> Iterator[Part]:
    """An input for each name under which it is sent, and words for what is wrong with it."""
    if field.kind != "hidden":
        known = {f"fields.{field.id}.shown": "true", f"fields.{field.id}.locked": "false"}
        if field.part:  # where its country orders the address, and asks for it
            known |= {"part": field.part, "asked": "true"}
        homes = ("fields", "section", FIELD)
        for name in field.inputs:
            yield Part(f'the field "{name}"', sent(name), "{{ field.all(step.fields, fields) }}", homes, known)
        said = hears(f"fields.{field.id}.fault")
        yield Part(f'what is wrong with "{field.id}"', said, "{{ field.all(step.fields, fields) }}", homes, known)


def of_subscriptions(site: Site) -> Iterator[Part]:
    """What may be done with a subscription is offered: where it is listed, and where it stands alone."""
    for name, (workflow, what) in _ACTS.items():
        if site.workflow(workflow):
            known = {**_ONE, name: "true"}
            yield Part(what, linked(name), f'<a href="{{{{ subscription.{name} }}}}">', ("section", ACTIONS), known)
    what, write = "a way to undo a change", '<form … action="{{ subscription.undo_change }}">'
    yield Part(what, posted("undo_change"), write, ("section", ACTIONS), {**_ONE, "undo_change": "true"})


def of_portal(site: Site, section: Section) -> Iterator[Part]:
    """Every section leads to every other."""
    for other in site.portal.sections:
        if other.id != section.id:
            write = f'<a href="/portal/{other.id}">'
            known = {f"tabs.{other.id}": "true"}
            yield Part(
                f'a way to the section "{other.id}"', leads_to(f"/portal/{other.id}"), write, ("nav", LAYOUT), known
            )
