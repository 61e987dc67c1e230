"""Definitions drawn by lot: valid ones, and wild ones whose conditions and payment tables may be anything."""

import json

FIELDS = {
    "text": {},
    "long_text": {},
    "email": {},
    "phone": {},
    "country": {},
    "date": {},
    "iban": {},
    "vat_number": {},
    "integer": {"min": 0, "max": 9},
    "decimal": {"min": 0, "max": 5},
    "choice": {"options": ["mug", "tee"]},
    "choices": {"options": ["news", "talks", "tests"], "min": 1, "max": 2},
    "consent": {},
}
SAYS = {
    "text": "red",
    "long_text": "a word",
    "country": "FR",
    "date": {"above": "2026-06-30"},
    "choice": "mug",
    "integer": {"above": 3},
    "decimal": {"at_most": 2},
    "choices": ["news", "talks"],
}
FACTS = [
    {"plan.ref": "team"},
    {"plan.ref": ["team", "solo"]},
    {"plan.free": True},
    {"plan.trial": False},
    {"plan.private": True},
    {"customer.tags": ["partner"]},
    {"customer.terms": True},
    {"customer.has_method": False},
    {"customer.language": "fr"},
    {"not": {"customer.tags": "partner"}},
    {"all": [{"customer.country": {"known": True}}, {"customer.country": ["FR", "DE"]}]},
    {"any": [{"plan.free": False}, {"customer.terms": True}]},
    {"quote.due_now": {"at_least": "10.00 EUR"}},
]
PRICES = [
    {"quote.due_now": 0},
    {"quote.due_now": {"above": 0}},
    {"quote.due_now": {"at_least": "10.00 EUR"}},
    {"quote.due_later": 0},
    {"quote.due_later": {"below": "5.00 EUR"}},
    {"quote.method_required": True},
    {"customer.terms": True},
    {"customer.has_method": False},
]
WORDS = {
    "title": ("Some questions about what you need", "Quelques questions sur vos besoins"),
    "extra": ("How to reach us", "Comment nous joindre"),
    "words": ("We answer within a day, from Monday to Friday.", "Nous répondons en un jour, du lundi au vendredi."),
    "text": ("Your favourite colour", "Votre couleur préférée"),
    "long_text": ("What should we know?", "Que devons-nous savoir ?"),
    "email": ("An e-mail address for reports", "Une adresse pour les rapports"),
    "phone": ("Where can we call you?", "Où pouvons-nous vous appeler ?"),
    "country": ("The country of your team", "Le pays de votre équipe"),
    "date": ("When do you want to start?", "Quand voulez-vous commencer ?"),
    "iban": ("The account for refunds", "Le compte pour les remboursements"),
    "vat_number": ("The number of your company", "Le numéro de votre entreprise"),
    "integer": ("How many of you are there?", "Combien êtes-vous ?"),
    "decimal": ("Hours of training", "Heures de formation"),
    "choice": ("Choose a gift", "Choisissez un cadeau"),
    "choices": ("What may we write to you about?", "De quoi pouvons-nous vous parler ?"),
    "consent": ("You may name us as a customer", "Vous pouvez nous citer parmi vos clients"),
}
"""What drawn fields and pages are called."""
NO_MONEY = {"quote.due_now": 0}


def definition(lot, wild):
    """A merchant's file as text."""
    steps, asked = {}, {}
    after = "billing_info"
    for number in range(lot.randint(1, 4)):
        kinds = lot.sample(sorted(FIELDS), lot.randint(1, 3))
        fields = {f"f{at}": field(lot, kind) for at, kind in enumerate(kinds)}
        step = {"kind": "form", "after": after, "title": said("title", number), "fields": fields}
        if lot.random() < 0.6:
            step["when"] = condition(lot, asked, wild)
        steps[f"ask{number}"] = step
        asked.update({f"ask{number}.{name}": kind for (name, _), kind in zip(fields.items(), kinds, strict=True)})
        after = f"ask{number}"
    steps["payment"] = {"methods": lot.sample(["card", "transfer", "sepa"], 2), "cases": table(lot, wild)}
    whole = {"version": 1, "extends": "default", "workflows": {"subscribe_to_plan": {"steps": steps}}}
    if lot.random() < 0.3:
        whole["workflows"]["anonymous_subscription"] = {"offered": True}
    if lot.random() < 0.5:
        whole["portal"] = {"sections": {"extra": {"kind": "text", "title": said("extra"), "text": said("words")}}}
    return json.dumps(whole, indent=1)


def said(words, number=0):
    """In both languages, as people say it."""
    english, french = WORDS[words]
    return {"en": f"{english}{' ' * bool(number)}{number or ''}", "fr": f"{french}{' ' * bool(number)}{number or ''}"}


def field(lot, kind):
    return {"kind": kind, "required": lot.random() < 0.5, "label": said(kind), "pii": "none", **FIELDS[kind]}


def condition(lot, asked, wild):
    parts = [lot.choice(FACTS)]
    readable = [name for name, kind in asked.items() if kind in SAYS]
    if readable and lot.random() < 0.7:
        name = lot.choice(readable)
        parts.append({"all": [{name: {"known": True}}, {name: SAYS[asked[name]]}]})
    if wild:
        parts += [lot.choice([part, {"not": part}]) for part in lot.sample(FACTS, 2)]
        return {lot.choice(["all", "any"]): parts}
    return parts[-1]


def table(lot, wild):
    """A valid one lets nobody go who owes something, charges nobody who owes nothing, and asks for a method that is
    required."""
    if wild:
        return {
            case: {"when": {"all": lot.sample(PRICES, lot.randint(1, 2))}} if lot.random() < 0.8 else {"when": "always"}
            for case in ("free", "register_method", "pay_later", "pay_now")
        }
    cases = {
        "pay_later": {"when": NO_MONEY},
        "pay_now": {"when": lot.choice(["always", {"quote.due_now": {"above": 0}}])},
    }
    for case in ("free", "register_method"):
        if lot.random() < 0.3 and case == "free":
            cases[case] = False
    return cases


BLOCK = ("workflows", "steps", "fields", "cases", "sections")
"""Under these each thing stands on lines of its own."""


def as_people_do(whole, depth=0, block=True):
    """A file as merchants write theirs: what has a name on a line of its own, what is said of it in braces behind."""
    lines = []
    for name, value in whole.items():
        below = name in BLOCK or (block and isinstance(value, dict) and BLOCK_INSIDE & set(value))
        if isinstance(value, dict) and below and value:
            lines += [f"{'  ' * depth}{name}:", as_people_do(value, depth + 1, block=name != "fields").rstrip("\n")]
        else:
            lines.append(f"{'  ' * depth}{name}: {_flow(value)}")
    return "\n".join(lines) + "\n"


BLOCK_INSIDE = {"steps", "fields", "cases", "sections"}


def _flow(value):
    match value:
        case dict():
            return "{" + ", ".join(f"{name}: {_flow(below)}" for name, below in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(_flow, value)) + "]"
        case str() if value.replace(" ", "").replace("_", "").isalpha():
            return value
    return json.dumps(value, ensure_ascii=False)
