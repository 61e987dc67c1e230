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
NO_MONEY = {"quote.due_now": 0}


def definition(lot, wild):
    """A merchant's file as text."""
    steps, asked = {}, {}
    after = "billing_info"
    for number in range(lot.randint(1, 4)):
        kinds = lot.sample(sorted(FIELDS), lot.randint(1, 3))
        fields = {f"f{at}": field(lot, kind) for at, kind in enumerate(kinds)}
        step = {"kind": "form", "after": after, "title": said(f"Title {number}"), "fields": fields}
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
        whole["portal"] = {"sections": {"extra": {"kind": "text", "title": said("Extra"), "text": said("Words")}}}
    return json.dumps(whole, indent=1)


def said(words):
    return {"en": words, "fr": f"{words}, en français"}


def field(lot, kind):
    return {"kind": kind, "required": lot.random() < 0.5, "label": said(f"About {kind}"), "pii": "none", **FIELDS[kind]}


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
    """A valid one lets nobody go who owes something, and charges nobody who owes nothing."""
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
        if lot.random() < 0.3:
            cases[case] = False
    return cases
