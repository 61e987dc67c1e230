"""Carries out what the engine decides: begins walks, shows steps, keeps answers, asks for payment, saves."""

import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace

from generator.engine import answers, known
from generator.engine.advance import advance
from generator.engine.answers import Form
from generator.engine.path import SHOWN, path
from generator.engine.replay import replay
from generator.model.customer import BILLING_FIELDS, BillingInfo, Customer
from generator.model.move import Apply, Ask, Cool, Keep, Show
from generator.model.pages import ADDRESS, QUOTE, STEP_PARTS
from generator.model.payment import Declined, Elsewhere, Intent, New, Pending, Saved, Unknown, Without
from generator.model.quote import Moved, Order, Refused
from generator.model.terms import FIVE_AN_HOUR
from generator.model.walk import Answers, Ended, Held, Open, Subject, Walk
from generator.model.workflow import PURPOSES, AnyStep, PaymentCase, PaymentStep
from generator.ports.trouble import Conflict, TooMany, Unavailable
from generator.runtime import addresses
from generator.runtime.asking import LADDER
from generator.runtime.parts import Parts
from generator.runtime.screens import (
    DoneScreen,
    GoOut,
    GoTo,
    Notice,
    PayScreen,
    Refusal,
    Screen,
    StepScreen,
    WaitScreen,
)
from generator.runtime.spoken import LANGUAGE, Says, consents
from generator.runtime.survey import Survey, moved, refused
from generator.runtime.till import Till
from generator.runtime.ways_out import WaysOut

UPDATE = "update"
"""The button that asks for the price of other options, or for the address of another country, and goes nowhere."""


class Conductor:
    """One customer's request at a time; whatever it answers is saved before."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._survey = Survey(parts)
        self._till = Till(parts)
        self._ways_out = WaysOut(parts)

    def visiting(self, workflow: str, subject: Subject, language: str, promotion: str = "") -> StepScreen:
        """The first step of a workflow for who is nobody yet: nothing is kept of it. Raises `Refusal`."""
        bundle, now = self._parts.library.current, self._parts.clock.now()
        found = bundle.site.workflow(workflow)
        plan = self._parts.biller.plan(subject.plan)
        if found is None or plan is None or plan.private:
            raise Refusal(Notice("no_longer_offered"))
        nobody = Customer("", "", language)
        facts = {**known.of_customer(nobody, has_method=False), **known.of_plan(plan)}
        walk = Walk("", workflow, "", subject, bundle.id, language, now, now, facts=facts, promotion=promotion)
        return StepScreen(walk, found.steps[0])

    def welcome(self, screen: StepScreen, form: Form, says: Says) -> StepScreen | Walk:
        """Who fills in the first step becomes a customer, and walks on from the second."""
        if UPDATE in form:
            return replace(screen, typed=form)
        ground = self._survey.ground(screen.walk, screen.step, screen.walk.language)
        reading = answers.read(screen.step.fields, form, screen.walk.facts, ground)
        if reading.problems:
            return replace(screen, problems=reading.problems, typed=form)
        walk = screen.walk
        billing = BillingInfo(**{name: str(reading.answers.get(name, "")) for name in BILLING_FIELDS})
        customer = self._parts.biller.welcome(walk.language, billing)
        before = replace(walk, answers={screen.step.id: reading.answers})
        before = self._agreed(before, screen.step, reading.answers, says)
        return self.begin(customer, walk.workflow, walk.subject, walk.language, before, promotion=walk.promotion)

    def begin(
        self,
        customer: Customer,
        workflow: str,
        subject: Subject,
        language: str,
        before: Walk | None = None,
        given: Mapping[str, str] | None = None,
        promotion: str = "",
    ) -> Walk:
        """The customer's open walk through this workflow about this subject, or a new one. Raises `Refusal`.

        What was answered `before` there was a customer, or is left of an expired walk, is filled in; `given` is what
        the link says that leads here, and the promotion what it carries.
        """
        if subject.recipient == customer.id:
            subject = replace(subject, recipient="")
        bundle = self._parts.library.current
        if customer.suspended:
            raise Refusal(Notice("suspended"))
        offered = bundle.site.workflow(workflow)
        if offered is None:
            raise Refusal(Notice("no_longer_offered"))
        if any(thing not in subject.said for thing in PURPOSES[workflow].about):
            raise Refusal(Notice("not_found"))
        old = self._parts.store.open_walk(customer.id, workflow, subject)
        if old is not None and not self._survey.expired(old):
            old = self._survey.replayed(old)
            return self._promoted(self._given_anew(old, customer, given or {}), promotion)
        if old is not None:
            self._parts.store.drop(old)
        now = self._parts.clock.now()
        walk = Walk(
            id=secrets.token_urlsafe(16),
            workflow=workflow,
            customer=customer.id,
            subject=subject,
            bundle=bundle.id,
            language=language,
            opened=now,
            touched=now,
            facts=self._survey.customer_facts(customer, offered),
            given=given or (old.given if old else {}),
            promotion=promotion or (old.promotion if old else ""),
        )
        if old is not None:
            walk = replay(offered, replace(_carried(walk, old), bundle=old.bundle), bundle.id)
        elif before is not None:
            walk = replace(walk, answers=before.answers, consents=before.consents)
        self._survey.applies(walk)
        walk = replace(walk, facts={**walk.facts, **self._survey.subscription_facts(walk)})
        self._parts.tally.begun.labels(workflow).inc()
        return self._parts.store.begin(self._survey.priced(walk, customer) if self._survey.decided(walk) else walk)

    def _given_anew(self, walk: Walk, customer: Customer, given: Mapping[str, str]) -> Walk:
        """What the link says that was opened last holds, as long as nothing is committed to."""
        if not given or given == walk.given or not isinstance(walk.standing, Open):
            return walk
        walk = replace(walk, given=given)
        return self._save(self._survey.priced(walk, customer) if self._survey.decided(walk) else walk)

    def _promoted(self, walk: Walk, promotion: str) -> Walk:
        """A link with another code than before is the newer word; not while an order is open to the price."""
        if not promotion or promotion == walk.promotion or not isinstance(walk.standing, Open):
            return walk
        walk = replace(walk, promotion=promotion)
        return self._save(self._with_quote(walk, self._priced) if self._survey.decided(walk) else walk)

    def walk(self, id: str, customer: str) -> Walk:
        """The customer's walk; for anybody else there is none. Raises `Refusal`."""
        walk = self._parts.store.walk(id)
        if walk is None or walk.customer != customer:
            raise Refusal(Notice("not_found"))
        walk = self._survey.replayed(walk)
        if self._survey.expired(walk):
            raise Refusal(Notice("gone", addresses.start(walk.workflow, walk.subject)))
        return walk

    def stand(self, walk: Walk) -> GoTo:
        """Wherever the customer stands now."""
        match walk.standing:
            case Ended():
                return GoTo(addresses.step(walk.id, addresses.DONE))
            case Held():
                return GoTo(addresses.step(walk.id, addresses.WAITING))
            case Open():
                return GoTo(addresses.step(walk.id, path(self._survey.workflow(walk), walk)[-1].id))

    def show(self, walk: Walk, step: str) -> Screen:
        """A step of the walk, if the customer's path has it: the address is a wish, the path decides."""
        if not isinstance(walk.standing, Open):
            return self.stand(walk)
        if walk.quote is not None and walk.quote.valid_until <= self._parts.clock.now():
            try:
                walk = self._save(self._survey.requoted(walk))
            except Conflict:
                return self.stand(walk)
        found = self._on_path(walk, step)
        return StepScreen(walk, found) if found else self.stand(walk)

    def show_waiting(self, walk: Walk) -> Screen:
        """Ask the gateway once more, and show what is known then."""
        if not isinstance(walk.standing, Held):
            return self.stand(walk)
        return self._arrived(self._till.look_again(walk, self._intent(walk.standing)))

    def show_done(self, walk: Walk) -> Screen:
        """How it ended, with a way on and no redirect: who comes back to this page wants to see it."""
        return DoneScreen(walk) if isinstance(walk.standing, Ended) else self.stand(walk)

    def submit(self, walk: Walk, step: str, form: Form, says: Says) -> Screen:
        """One submission of one step. The same form sent twice, such as by a double click, counts once."""
        version = _version(form.get("version", ""))
        twice = version is not None and version == walk.tried
        match walk.standing:
            case Ended() if not twice:
                return Notice("finished_elsewhere", addresses.walk(walk.id))
            case Held() as held if twice:
                return self._sent_on(walk, self._intent(held))
            case Open() if not twice:
                screen = self._submit(walk, step, form, version, says)
                went = "again" if isinstance(screen, StepScreen) else "on"
                self._parts.tally.steps.labels(walk.workflow, step, went).inc()
                return screen
        return self.stand(walk)

    def look(self, walk: Walk, step: str, form: Form, part: str) -> StepScreen:
        """What it would cost with the options that are typed, or what the country that is chosen asks of an address:
        nothing is kept, nobody can commit to it.

        Raises `Refusal`.
        """
        found = self._on_path(walk, step) if isinstance(walk.standing, Open) else None
        if found is None or part not in STEP_PARTS.get(found.kind, ()):
            raise Refusal(Notice("changed_elsewhere", addresses.walk(walk.id)))
        if part == ADDRESS:
            return StepScreen(walk, found, typed=form, part=ADDRESS)
        move = advance(self._survey.workflow(walk), walk, found, form, self._survey.scene(walk, found))
        if not isinstance(move, Keep):
            assert isinstance(move, Show), "options are kept or shown again"
            return StepScreen(walk, found, move.problems, form, part=QUOTE)
        typed = replace(walk, answers={**walk.answers, found.id: move.answers})
        return StepScreen(self._survey.estimated(typed), found, typed=form, part=QUOTE)

    def show_paying(self, walk: Walk) -> Screen:
        """The gateway's field on our page, where it is to be gone on with there; else wherever it stands now.

        Raises `Unavailable`.
        """
        if not isinstance(walk.standing, Held):
            return self.stand(walk)
        intent = self._intent(walk.standing)
        inset = self._parts.gateway.inset(intent.key)
        return PayScreen(walk, intent, inset) if inset else self._arrived(self._till.look_again(walk, intent))

    def pay_away(self, walk: Walk) -> Screen:
        """The field did not come up: what was to be paid there is called off, and asked for on the gateway's page."""
        if not isinstance(walk.standing, Held):
            return self.stand(walk)
        choice = self._intent(walk.standing).choice
        walk = self._till.give_up(walk, self._intent(walk.standing))
        stands = path(self._survey.workflow(walk), walk)[-1] if isinstance(walk.standing, Open) else None
        if not isinstance(choice, New) or not isinstance(stands, PaymentStep) or walk.quote is None:
            return self._arrived(walk)
        case: PaymentCase = "pay_now" if walk.quote.due_now else "register_method"
        return self._ask(walk, stands, Ask(case, replace(choice, away=True), walk.quote.shown), None)

    def coming(self, gateway_key: str, customer: str) -> GoTo:
        """The page of this customer's walk with the gateway's field for this charge. Raises `Refusal`."""
        intent = self._parts.store.intent(gateway_key)
        walk = self.walk(intent.walk if intent else "", customer)
        held = isinstance(walk.standing, Held) and walk.standing.key == gateway_key
        return GoTo(addresses.step(walk.id, addresses.PAYING)) if held else self.stand(walk)

    def give_up(self, walk: Walk) -> Screen:
        """The customer came back from the gateway without finishing there and wants to change something."""
        if not isinstance(walk.standing, Held):
            return self.stand(walk)
        return self._arrived(self._till.give_up(walk, self._intent(walk.standing)))

    def returned(self, key: str) -> Screen:
        """The gateway sent a customer back. What its address says is not believed: we ask. Raises `Refusal`."""
        intent = self._parts.store.intent(key)
        walk = self._parts.store.walk(intent.walk) if intent else None
        if intent is None or walk is None:
            raise Refusal(Notice("not_found"))
        if not isinstance(walk.standing, Held) or walk.standing.key != key:
            return self.stand(walk)
        return self._arrived(self._till.look_again(walk, intent))

    def carry_on(self, intent: Intent) -> None:
        """What a worker does about an intent that no customer is waiting for."""
        walk = self._parts.store.walk(intent.walk)
        assert walk is not None, "an intent is saved with its walk"
        self._till.look_again(walk, intent, present=False)

    def leave(self, walk: Walk) -> Screen:
        """Out, without finishing. The walk stays as it is."""
        if isinstance(walk.standing, Held) and isinstance(self._intent(walk.standing).result, (Pending, Unknown)):
            return self._ways_out.while_pending(walk)
        return self._ways_out.leaving(walk)

    def onward(self, walk: Walk) -> Screen:
        """Where a finished walk leads."""
        return self._ways_out.onward(walk)

    def _submit(self, walk: Walk, step: str, form: Form, version: int | None, says: Says) -> Screen:
        found = self._on_path(walk, step)
        if found is None:
            return Notice("changed_elsewhere", addresses.walk(walk.id))
        if found.kind == "billing_info" and UPDATE in form:
            return StepScreen(walk, found, typed=form)
        scene = self._survey.scene(walk, found, form.get(LANGUAGE, ""))
        try:
            match advance(self._survey.workflow(walk), walk, found, form, scene):
                case Show(problems=problems) if problems:
                    return StepScreen(walk, found, problems, form)
                case Apply() as apply:
                    return self._apply(walk, found, form, apply)
                case Keep(answers=answers, commits=True):
                    return self._commit(self._agreed(walk, found, answers, says), found, answers, version)
                case Keep(answers=answers) if elsewhere := self._ways_out.choosing(walk, found, answers):
                    return elsewhere
                case Keep(answers=answers):
                    if version != walk.version and walk.answers.get(found.id) != answers and SHOWN not in answers:
                        return StepScreen(walk, found, typed=form, stale=True)
                    return self._keep(self._agreed(walk, found, answers, says), found, answers, stays=UPDATE in form)
                case Cool(until=until):
                    return StepScreen(walk, found, typed=form, refused=until)
                case Ask() as ask:
                    return self._ask(walk, found, ask, version)
        except Conflict:
            return self._once_more(walk, step, form, says)
        return self.stand(walk)

    def _agreed(self, walk: Walk, step: AnyStep, answers: Answers, says: Says) -> Walk:
        """The walk with the words that stood beside the boxes of this step."""
        if not step.boxes:
            return walk
        return consents(walk, step, answers, says(walk, step), self._survey.bundle(walk), self._parts.clock.now())

    def _once_more(self, walk: Walk, step: str, form: Form, says: Says) -> Screen:
        """Somebody was quicker, perhaps the same click: look at what they left, and judge the form by that."""
        fresh = self.walk(walk.id, walk.customer)
        if fresh.version == walk.version:
            return Notice("changed_elsewhere", addresses.walk(walk.id))
        return self.submit(fresh, step, form, says)

    def _keep(self, walk: Walk, step: AnyStep, answers: Answers, stays: bool) -> Screen:
        """Answers change the price, so the biller is asked anew; to a summary they only agree to it.

        What else was said on a summary goes to the biller with the quote, as everything does. Who only wants to see the
        new price `stays`.
        """
        walk = replace(walk, answers={**walk.answers, step.id: answers})
        if step.kind == "summary":
            walk = replace(walk, quote_before=None)
            walk = self._with_quote(walk, self._survey.requoted) if set(answers) > {SHOWN} else walk
        elif self._survey.decided(walk):
            walk = self._with_quote(walk, self._priced)
        walk = self._save(walk)
        if stays:
            return GoTo(addresses.step(walk.id, step.id))
        steps = [walked.id for walked in path(self._survey.workflow(walk), walk)]
        following = steps[steps.index(step.id) + 1 :] if step.id in steps else []
        return GoTo(addresses.step(walk.id, (following or steps[-1:])[0]))

    def _apply(self, walk: Walk, step: AnyStep, form: Form, apply: Apply) -> Screen:
        """The code is kept even where it lowers nothing: it stands in its input with what is wrong with it, and the
        price is the one without."""
        walk = replace(walk, promotion=apply.promotion, answers={**walk.answers, step.id: apply.answers})
        walk = self._save(self._with_quote(walk, self._priced))
        refused = walk.quote is not None and bool(walk.quote.promotion_fault)
        if refused or apply.problems:
            return StepScreen(walk, step, apply.problems, form, code_refused=refused)
        return GoTo(addresses.step(walk.id, step.id))

    def _commit(self, walk: Walk, step: AnyStep, answers: Answers, version: int | None) -> Screen:
        """What costs nothing needs no payment step. What was said with it goes to the biller, too."""
        walk = replace(walk, answers={**walk.answers, step.id: answers})
        walk = self._save(self._survey.requoted(walk))
        assert walk.quote is not None, "it was quoted just now"
        if walk.quote.shown != answers[SHOWN]:
            return self.stand(walk)
        return self._ask(walk, step, Ask("free", Without(), walk.quote.shown), version)

    def _priced(self, walk: Walk) -> Walk:
        return self._survey.priced(walk, self._survey.customer(walk))

    def _with_quote(self, walk: Walk, quoted: Callable[[Walk], Walk]) -> Walk:
        """Where the biller does not answer, what was typed is kept all the same, and no older price may be paid."""
        try:
            return quoted(walk)
        except Unavailable:
            quote = replace(walk.quote, valid_until=self._parts.clock.now()) if walk.quote else None
            self._save(replace(walk, answers=_typed(walk), quote=quote))
            raise

    def _ask(self, walk: Walk, step: AnyStep, ask: Ask, version: int | None) -> Screen:
        """Commit, write the intent down, and only then ask for money: nobody commits while it is known that nobody can
        be asked. Raises `Unavailable`."""
        assert walk.quote is not None, "nobody comes to payment without a quote"
        if isinstance(ask.choice, Saved | New):
            self._parts.gateway.ready()
        match self._parts.biller.open(walk.quote.id, ask.shown, walk.key):
            case Moved(quote=quote):
                return self.stand(self._save(moved(walk, quote)))
            case Refused() as refusal:
                return refused(refusal)
            case Order() as order:
                intent = self._new_intent(walk, ask, order)
                held = replace(walk, standing=Held(walk.key, order.subscription), tried=version, touched=intent.asked)
                unless = step.cool_down if isinstance(step, PaymentStep) else FIVE_AN_HOUR
                try:
                    asked = self._till.ask(held, intent, unless)
                except TooMany:
                    return self._not_asked(walk, order)
        if isinstance(asked.standing, Held):
            return self._sent_on(asked, self._intent(asked.standing))
        return self._arrived(asked)

    def _not_asked(self, walk: Walk, order: Order) -> Screen:
        """Another window made the last try that there was: what was reserved is free again, and no bank was asked."""
        self._parts.biller.close(order.id, Declined("cancelled"), walk.key)
        self._save(replace(walk, attempts=walk.attempts + 1))
        return Notice("under_way", addresses.walk(walk.id))

    def _new_intent(self, walk: Walk, ask: Ask, order: Order) -> Intent:
        now = self._parts.clock.now()
        return Intent(
            key=walk.key,
            walk=walk.id,
            order=order.id,
            customer=walk.customer,
            amount=order.quote.due_now,
            choice=ask.choice,
            payee=self._survey.bundle(walk).site.name,
            language=walk.language,
            come_back=self._parts.base_url + addresses.come_back(self._parts.gateway.name, walk.key),
            asked=now,
            next_check=now + LADDER[0],
        )

    def _sent_on(self, walk: Walk, intent: Intent) -> Screen:
        """A customer who has just pressed Pay goes on to the gateway's page, where there is one."""
        return GoOut(intent.result.url) if isinstance(intent.result, Elsewhere) else WaitScreen(walk, intent)

    def _arrived(self, walk: Walk) -> Screen:
        """Where the payment has brought the customer."""
        match walk.standing:
            case Ended():
                return self._ways_out.onward(walk)
            case Held() as held:
                return WaitScreen(walk, self._intent(held))
            case Open():
                return self.stand(walk)

    def _on_path(self, walk: Walk, step: str) -> AnyStep | None:
        return next((walked for walked in path(self._survey.workflow(walk), walk) if walked.id == step), None)

    def _intent(self, held: Held) -> Intent:
        intent = self._parts.store.intent(held.key)
        assert intent is not None, "a walk is held only together with its intent"
        return intent

    def _save(self, walk: Walk) -> Walk:
        return self._parts.store.save(replace(walk, touched=self._parts.clock.now()))


def _version(typed: str) -> int | None:
    """The version that a form was made from; None where it says none of ours."""
    return int(typed) if re.fullmatch(r"[0-9]{1,9}", typed) else None


def _typed(walk: Walk) -> Mapping[str, Answers]:
    """What was typed, but for what was agreed to: that is worth nothing without the price that was shown with it."""
    return {step: answers for step, answers in walk.answers.items() if SHOWN not in answers}


def _carried(walk: Walk, old: Walk) -> Walk:
    """A new walk with what was typed in the old one; what was ticked is asked anew, however long ago it was."""
    ticked = {(consent.step, consent.field) for consent in old.consents if consent.given}
    answers = {
        step: {name: answer for name, answer in given.items() if (step, name) not in ticked}
        for step, given in _typed(old).items()
    }
    return replace(walk, answers=answers, consents=tuple(consent for consent in old.consents if not consent.given))
