"""Customers drawn by lot go through two definitions, the same ones through both, by the engine that customers meet.

What somebody meets is a list of plain things: pages by what is on them, fields, what their answers came to, the case of
the payment step and what it asks, outcomes, addresses. Two definitions that five hundred customers meet alike are one.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache, cached_property
from random import Random
from zoneinfo import ZoneInfo

from generator.bundle.folder import Bundle
from generator.engine import answers, leaving, options, payment, redirect
from generator.engine.advance import Scene, advance
from generator.engine.path import PLAN, SHOWN, known_at, path
from generator.engine.paths import given, names_of
from generator.engine.worlds import Name, representative
from generator.model import move
from generator.model.facts import FACTS
from generator.model.money import CurrencyMismatch, Money
from generator.model.payment import Method, New, Offline, Saved, Without
from generator.model.portal import BUTTONS
from generator.model.rule import Compare, Is, UnknownName
from generator.model.site import Site
from generator.model.walk import Subject, Walk
from generator.rehearsal.drafting import likely
from tests.language import replay

MANY = 500
PORTAL = "portal"
PRICED = "EUR"
NOBODY = "nobody"
"""Where no customer was found who can come there at all."""

BROKEN = (UnknownName, StopIteration, CurrencyMismatch, TypeError, KeyError, AssertionError)
"""What a customer would stand before as an error page."""


@dataclass(eq=False)
class Pair:
    """Two bundles that are held against each other."""

    good: Bundle
    other: Bundle

    def first_difference(self) -> int | None:
        """The number of the first customer who meets something else; None where all meet the same."""
        return next((n for n in range(MANY) if self.met(self.good, n) != self.met(self.other, n)), None)

    def met(self, bundle: Bundle, number: int) -> list:
        lot = Random(f"customer {number}")
        language, place, there = lot.choice(self._languages), lot.choice(self._places), lot.choice(self._beside)
        world = dict(self._world(place, number))
        return _Journey(
            bundle, language if language in bundle.site.languages else bundle.site.languages[0], world, number
        ).met(place, there)

    @cached_property
    def sites(self) -> tuple[Site, Site]:
        return self.good.site, self.other.site

    @cached_property
    def _languages(self) -> list[str]:
        return sorted({*self.good.site.languages, *self.other.site.languages})

    @cached_property
    def _places(self) -> list[str]:
        """Every workflow and the portal; those that differ are gone to most of the time."""
        ids = sorted({workflow.id for site in self.sites for workflow in site.workflows})
        differ = [id for id in ids if self.good.site.workflow(id) != self.other.site.workflow(id)]
        if self.good.site.portal != self.other.site.portal:
            differ.append(PORTAL)
        return [*ids, PORTAL, *differ * (1 + 2 * len(ids) // max(1, len(differ)))]

    @cached_property
    def _beside(self) -> list[str]:
        """What no walk comes to: mails, notices, prints, style sheets."""
        own = ("portal.", "consent.", *(f"{workflow.id}." for site in self.sites for workflow in site.workflows))
        pages = {name for bundle in (self.good, self.other) for _, name in bundle.pages if not name.startswith(own)}
        return sorted({*pages, *self.good.assets, *self.other.assets})

    def _world(self, place: str, number: int) -> dict:
        """Somebody: for every name one of the values that decide something in either of the two."""
        names, constants = _names(self, place)
        workflow = self.good.site.workflow(place) or self.other.site.workflow(place)
        claims = given(workflow, self.good.site.currency) if workflow else ()
        lot = Random(f"world {number}")
        for _ in range(300):
            found = {}
            for name in sorted(names):
                kinds = names[name]
                kind = kinds[lot.randrange(len(kinds))]
                values = [*representative(kind, constants.get(name, ())), *([None] if kind.fact.optional else [])]
                value = lot.choice(values) if values else None
                if value is not None:
                    found[name] = value
            if all(claim.true_in(found) for claim in claims):
                return found
        return {NOBODY: True}


@cache
def _names(pair: Pair, place: str):
    """What each name can be in either of the two, and what conditions hold it against."""
    names, constants = {}, {}
    for site in pair.sites:
        workflow = site.workflow(place)
        if workflow:
            known, rules = names_of(workflow, site.currency), [rule for step in workflow.steps for rule in step.rules]
        else:
            known = {name: Name(fact, None, site.currency) for name, fact in FACTS.items()}
            rules = [rule for section in site.portal.sections for rule in section.rules]
        for name, what in known.items():
            if what not in names.setdefault(name, []):
                names[name].append(what)
        for leaf in (leaf for rule in rules for leaf in rule.leaves):
            values = leaf.values if isinstance(leaf, Is) else (leaf.bound,) if isinstance(leaf, Compare) else ()
            constants.setdefault(leaf.name, []).extend(value for value in values if value not in constants[leaf.name])
    return names, constants


@dataclass
class _Journey:
    """One customer in one definition."""

    bundle: Bundle
    language: str
    world: dict
    number: int

    @property
    def site(self) -> Site:
        return self.bundle.site

    def met(self, place: str, beside: str) -> list:
        if NOBODY in self.world:
            return [NOBODY]
        seen = [*self._around(), beside, self._page(beside), self.bundle.assets.get(beside)]
        try:
            for what in self._portal() if place == PORTAL else self._walk(place):
                seen.append(what)
        except BROKEN as fault:
            seen.append(type(fault).__name__)
        return seen

    def _page(self, name: str) -> str | None:
        return self.bundle.pages.get((self.language, name))

    def _around(self) -> list:
        """What holds wherever they are: where they are sent, which day it is, whether their walk is over by now."""
        away, lot = self.site.redirects, Random(f"around {self.number}")
        led = [redirect.to(self.site, name) for name in (away.leave, away.sign_up, away.log_in)]
        led += [
            (audience, redirect.to(self.site, name))
            for names in (away.opens, away.chooses)
            for audience, name in sorted(names.items())
        ]
        now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=lot.randrange(9000))
        return [*led, now.astimezone(ZoneInfo(self.site.time_zone)).date(), lot.randrange(1, 60) > self.site.walk_days]

    def _portal(self):
        known = {name: value for name, value in self.world.items() if name in FACTS}
        for section in self.site.portal.sections:
            yield section.id, section.when.holds(known)
            if not section.when.holds(known):
                continue
            yield redirect.to(self.site, section.redirect) if section.redirect else self._page(f"{section.page}.html")
            yield [name for _, name in sorted(self.bundle.pages) if name.startswith(f"{section.page}.")]
            for id in BUTTONS[section.kind]:
                button = section.button(id)
                yield id, button.shown and button.when.holds(known), redirect.to(self.site, button.redirect)
            yield from self._asked(section.id, section.fields, known)

    def _asked(self, where, fields, known):
        """Each field that they are asked, what they type into it, and what that comes to."""
        for field in answers.applying(fields, known):
            words = self._words(where, field)
            reading = answers.read([field], {field.id: words}, known)
            yield field.id, field.pii, words, [fault.fault for fault in reading.problems], dict(reading.answers)

    def _words(self, where, field) -> str:
        lot = Random(f"{self.number} {where}.{field.id}")
        value = self.world.get(f"{where}.{field.id}")
        typed = (
            "" if value is None else answers.written(tuple(sorted(value)) if isinstance(value, frozenset) else value)
        )
        return lot.choice([typed, typed, *likely.TYPED, "x" * lot.randrange(1, 300), ""])

    def _walk(self, id: str):
        workflow = self.site.workflow(id)
        if workflow is None:
            yield "not offered"
            return
        walk = self._begun(workflow)
        for _ in workflow.steps:
            steps = path(workflow, walk)
            if not steps or steps[-1].id in walk.answers:
                break
            step = steps[-1]
            known = known_at(workflow, walk, step)
            yield step.id, step.kind, self._page(f"{step.page}.html")
            yield [self._page(f"{step.says(box)}.txt") for box in step.boxes]
            if step.kind == "payment":
                yield from self._pays(workflow, walk, step, known)
                return
            yield from self._asked(step.id, step.fields, known)
            form = self._form(step, known)
            if step.kind in ("catalog", "options"):
                done = (
                    {PLAN: walk.facts["plan.ref"]}
                    if step.kind == "catalog"
                    else {options.FOR_PLAN: walk.facts["plan.ref"]}
                )
            else:
                yield [
                    (choice.id, choice.promotion, choice.days) for choice in step.choices if choice.when.holds(known)
                ]
                follows = advance(workflow, walk, step, {**_shown(walk), **form}, Scene())
                yield type(follows).__name__, follows.commits if isinstance(follows, move.Keep) else None
                if not isinstance(follows, move.Keep):
                    break
                if follows.commits:
                    yield self._ends(workflow, "nocharge")
                    return
                done = follows.answers
            walk = replace(walk, answers={**walk.answers, step.id: done})
        yield "nowhere"

    def _begun(self, workflow) -> Walk:
        """What is sold is sold in euros; where nothing is sold, nothing is due, in the currency of the definition."""
        now, currency = replay.NOW, PRICED if workflow.purpose.priced else self.site.currency
        world = {
            name: Money(value.minor, currency) if isinstance(value, Money) else value
            for name, value in self.world.items()
        }
        quote = replay.quote_of(workflow, world, currency)
        given = {
            f"{step.id}.{field.id}": answers.written(world[f"{step.id}.{field.id}"])
            for step in workflow.steps
            for field in step.fields
            if step.silent and f"{step.id}.{field.id}" in world
        }
        facts, offers = replay.facts_of(workflow, world, currency), {"keep": quote, "pause": quote}
        return Walk(
            *("walk", workflow.id, "customer", Subject(), "bundle", self.language, now, now),
            facts=facts,
            quote=quote,
            given=given,
            offers=offers,
        )

    def _form(self, step, known) -> dict:
        """What goes on: what they typed where that is good, and something good where it is not."""
        form = {}
        for field in answers.applying(step.fields, known):
            words = self._words(step.id, field)
            if answers.read([field], {field.id: words}, {"customer.country": "FR", **known}).problems or (
                field.required and not words
            ):
                words = answers.written(replay.typed_into(field, known))
            form[field.id] = words
        chosen = Random(f"{self.number} leaves").choice(["keep", "pause", "terminate"])
        return {**form, leaving.CHOICE: chosen} if step.kind == "confirm" else form

    def _pays(self, workflow, walk, step, known):
        lot = Random(f"{self.number} pays")
        case = payment.case_of(step, known)
        saved = (Method("method", "card", "Visa", default=True),) if known.get("customer.has_method") else ()
        scene = Scene(methods=saved, terms=bool(known.get("customer.terms")))
        ways = payment.ways(step, case, saved, scene.terms, walk.quote.due_now.currency)
        yield case, ways, walk.quote.due_now if case == "pay_now" else 0, step.cool_down
        chosen = lot.choice([ways.first, payment.TRANSFER, payment.new("card"), payment.new("sepa")])
        follows = advance(workflow, walk, step, {"method": chosen, SHOWN: walk.quote.shown}, scene)
        if not isinstance(follows, move.Ask):
            yield type(follows).__name__
            return
        match follows.choice:
            case Offline():
                outcome = "due"
            case Without():
                outcome = "nocharge"
            case New() | Saved():
                outcome = "registered" if case == "register_method" else lot.choice(["paid", "pending"])
        yield follows.choice, self._ends(workflow, outcome)

    def _ends(self, workflow, outcome: str):
        return outcome, redirect.after(self.site, workflow.id, outcome)


def _shown(walk: Walk) -> dict:
    """The price that was on the page, of each choice too."""
    return {SHOWN: walk.quote.shown, **{f"{SHOWN}.{choice}": quote.shown for choice, quote in walk.offers.items()}}
