"""What the outside says about a walk: customer, plan, methods, and the quote for all that was chosen so far."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from generator.bundle.folder import Bundle
from generator.engine import actions, known, leaving, options, payment
from generator.engine.advance import Scene
from generator.engine.ground import Ground
from generator.engine.path import SHOWN, answers_on_path, given_to, known_at
from generator.engine.replay import replay
from generator.locale import speech
from generator.model.catalog import Catalog, Plan
from generator.model.consent import Consent
from generator.model.customer import BILLING_FIELDS, BillingInfo, Customer
from generator.model.payment import Method
from generator.model.quote import (
    Answer,
    Change,
    ChangeOptions,
    ChangePlan,
    Keep,
    Options,
    Pause,
    PayInvoice,
    Quote,
    Refused,
    RegisterMethod,
    Replace,
    Request,
    Restart,
    Start,
    Subscribe,
    Terminate,
)
from generator.model.rule import Value
from generator.model.subscription import Subscription
from generator.model.text import words_in
from generator.model.walk import Answers, Ended, Open, Walk
from generator.model.workflow import PURPOSES, TAKES_CODE, AnyStep, LeavingChoice, PaymentStep, Workflow
from generator.runtime import addresses
from generator.runtime.parts import Parts
from generator.runtime.screens import Notice, Refusal


class Survey:
    """Asks the ports; saves nothing."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def bundle(self, walk: Walk) -> Bundle:
        return self._parts.library.bundle(walk.bundle)

    def workflow(self, walk: Walk) -> Workflow:
        """The workflow as the walk's bundle has it. Raises `Refusal` where it is no longer offered."""
        workflow = self.bundle(walk).site.workflow(walk.workflow)
        if workflow is None:
            raise Refusal(Notice("no_longer_offered", addresses.portal()))
        return workflow

    def replayed(self, walk: Walk) -> Walk:
        """The walk on the pages of now, where those are gone that it began with; the next save keeps that."""
        bundle = self.bundle(walk)
        workflow = bundle.site.workflow(walk.workflow)
        return replay(workflow, walk, bundle.id) if workflow else walk

    def customer(self, walk: Walk) -> Customer:
        """The customer, while they may buy. Raises `Refusal`."""
        customer = self._parts.biller.customer(walk.customer)
        if customer is None or customer.suspended:
            raise Refusal(Notice("suspended"))
        return customer

    def subscription(self, walk: Walk) -> Subscription:
        """The subscription that the walk is about. Raises `Refusal`."""
        return self._owned(walk, walk.subject.subscription)

    def _owned(self, walk: Walk, id: str) -> Subscription:
        """The subscription of this id, for who pays for it; for anybody but its people there is none.

        Raises `Refusal`.
        """
        subscription = self._parts.biller.subscription(id)
        if subscription is None or walk.customer not in (subscription.customer, subscription.billed):
            raise Refusal(Notice("not_found"))
        if walk.customer != subscription.billed:
            raise Refusal(Notice("paid_by_other", addresses.portal()))
        return subscription

    def recipient(self, walk: Walk) -> Customer | None:
        """For whom it is, where that is somebody else. Raises `Refusal` where nothing can be had for them."""
        about, recipient = walk.subject, walk.subject.recipient
        if about.subscription and (subscription := self.subscription(walk)).payer:
            recipient = subscription.customer
        if not recipient:
            return None
        customer = self._parts.biller.customer(recipient)
        if customer is None:
            raise Refusal(refused(Refused("recipient_unknown")))
        if customer.suspended and PURPOSES[walk.workflow].asks != "terminate":
            raise Refusal(refused(Refused("recipient_suspended")))
        return customer

    def already(self, walk: Walk) -> Subscription | None:
        """What they have of the same plan, so that a second one is begun by nobody's mistake.

        For somebody else only what this customer pays for them counts: the rest is not theirs to know.
        """
        if PURPOSES[walk.workflow].asks != "subscribe":
            return None
        whose = walk.subject.recipient or walk.customer
        ask = self._parts.biller.paid_for if walk.subject.recipient else self._parts.biller.subscriptions
        has = (one for one in ask(walk.customer) if one.customer == whose)
        same = (one for one in has if one.plan.ref == self.plan_ref(walk) and not one.state.startswith("ended"))
        return next(same, None)

    def applies(self, walk: Walk) -> None:
        """Raises `Refusal` where what the walk asks for is not to be had of its subscription, as it is today."""
        self.recipient(walk)
        if walk.subject.invoice:
            self._payable(walk)
        action = actions.ACTION_OF.get(PURPOSES[walk.workflow].asks)
        if action is None:
            return
        subscription = self.subscription(walk)
        if walk.subject.target:
            decision = actions.by_state(subscription.state, action)
        else:
            others = bool(walk.subject.plan or self.offered(walk).tables)
            decision = actions.decide(action, subscription, self._today(walk), others)
        if not decision.offered:
            raise Refusal(Notice("not_now", addresses.portal(), why=decision.rule))

    def _payable(self, walk: Walk) -> None:
        """Raises `Refusal` where the walk's invoice cannot be paid; for anybody but its customer there is none."""
        invoice = self._parts.biller.invoice(walk.subject.invoice)
        if invoice is None or invoice.customer != walk.customer:
            raise Refusal(Notice("not_found"))
        why = actions.why_unpayable(invoice.state)
        if why is not None:
            raise Refusal(Notice("nothing_to_pay", addresses.portal(), why=why))

    def offered(self, walk: Walk) -> Catalog:
        """What may be chosen from in the walk's catalog."""
        if walk.subject.subscription:
            return self._parts.biller.plan_changes(walk.subject.subscription)
        return self._parts.biller.catalog()

    def _today(self, walk: Walk) -> date:
        """The day that it is for the merchant."""
        return self._parts.clock.now().astimezone(ZoneInfo(self.bundle(walk).site.time_zone)).date()

    def plan(self, walk: Walk) -> Plan:
        """The plan that the walk is about, as it was sold where it stays. Raises `Refusal` where it was withdrawn."""
        if settled := self._settled_plan(walk):
            return settled
        plan = self._parts.biller.plan(self.plan_ref(walk))
        if plan is None:
            raise Refusal(Notice("no_longer_offered", addresses.portal()))
        return plan

    def _settled_plan(self, walk: Walk) -> Plan | None:
        """The plan as it is sold in a subscription, where it is not taken from the catalog."""
        if walk.subject.target:
            return self._owned(walk, walk.subject.target).plan
        if walk.subject.subscription and PURPOSES[walk.workflow].asks != "change_plan":
            return self.subscription(walk).plan
        return None

    def plan_ref(self, walk: Walk) -> str:
        """The subject of the walk, or what was chosen in its catalog; empty before that, and where there is none."""
        if walk.subject.plan:
            return walk.subject.plan
        if settled := self._settled_plan(walk):
            return settled.ref
        catalogs = [step.id for step in self.workflow(walk).steps if step.kind == "catalog"]
        chosen = walk.answers.get(catalogs[0], {}).get("plan", "") if catalogs else ""
        return str(chosen)

    def decided(self, walk: Walk) -> bool:
        """Whether it is known what the customer asks for, so that it has a price."""
        return PURPOSES[walk.workflow].plan == "none" or bool(self.plan_ref(walk))

    def name(self, walk: Walk, language: str) -> str:
        """What the customer knows it by: the plan's title or the invoice's number; empty where there is neither."""
        match walk.quote and walk.quote.request.change:
            case Subscribe(plan=ref) | ChangePlan(plan=ref):
                plan = self._parts.biller.plan(ref)
                return words_in(plan.title, language) if plan else ""
            case (
                Start(subscription=id)
                | Replace(target=id)
                | ChangeOptions(subscription=id)
                | Restart(subscription=id)
                | Terminate(subscription=id)
                | Keep(subscription=id)
                | Pause(subscription=id)
            ):
                subscription = self._parts.biller.subscription(id)
                return words_in(subscription.plan.title, language) if subscription else ""
            case PayInvoice(invoice=id):
                invoice = self._parts.biller.invoice(id)
                return invoice.number if invoice else ""
        return ""

    def to_transfer(self, walk: Walk) -> str:
        """The number of the invoice that the customer promised to pay by transfer; empty where there is none."""
        if not isinstance(walk.standing, Ended) or walk.standing.outcome != "due":
            return ""
        invoice = self._parts.biller.invoice(walk.standing.invoice) if walk.standing.invoice else None
        return invoice.number if invoice and invoice.unpaid else ""

    def scene(self, walk: Walk, step: AnyStep, language: str = "") -> Scene:
        """What a submission of this step, typed in this language, is held against."""
        if isinstance(step, PaymentStep):
            return self._at_payment(walk, step)
        match step.kind:
            case "catalog":
                return Scene(catalog=self.offered(walk))
            case "options":
                return Scene(plan=self.plan(walk))
        return Scene(ground=self.ground(walk, step, language or walk.language))

    def _at_payment(self, walk: Walk, step: PaymentStep) -> Scene:
        assert walk.quote is not None, "nobody comes to payment without a quote"
        customer = self.customer(walk)
        methods = self._usable(customer, walk.quote.due_now.currency)
        facts: dict[str, Value] = {"customer.terms": customer.terms, "customer.has_method": bool(methods)}
        return Scene(methods=methods, terms=customer.terms, facts=facts, cooling=self.cooling(customer.id, step))

    def cooling(self, customer: str, step: PaymentStep) -> datetime | None:
        """Until when no bank may be asked for this customer; None where it may."""
        now = self._parts.clock.now()
        return step.cool_down.until(self._parts.store.declines(customer, now - step.cool_down.span), now)

    def _usable(self, customer: Customer, currency: str) -> tuple[Method, ...]:
        """What is on file for the customer and can be charged."""
        return payment.usable(self._parts.gateway.methods(customer.id), currency, self._parts.today)

    def expired(self, walk: Walk) -> bool:
        """An idle walk expires, but never while money is in flight."""
        idle = self._parts.clock.now() - walk.touched
        return isinstance(walk.standing, Open) and idle > timedelta(days=self.bundle(walk).site.walk_days)

    def ground(self, walk: Walk, step: AnyStep, language: str) -> Ground:
        """What the fields of a step are read on. A locked field has what the link gave, else what is known already."""
        point, gap = speech.separators(language)
        locked = [field.id for field in step.fields if field.locked and field.id in BILLING_FIELDS]
        billing = (
            asdict(self.customer(walk).billing) if locked and step.kind == "billing_info" and walk.customer else {}
        )
        held = {name: billing[name] for name in locked if billing.get(name)}
        return Ground("", point, gap, self._today(walk), {**held, **given_to(step, walk)})

    def customer_facts(self, customer: Customer, workflow: Workflow | None = None) -> Mapping[str, Value]:
        """What conditions may read of the customer, in this workflow or in the portal."""
        return known.of_customer(customer, self.has_method(customer), workflow)

    def has_method(self, customer: Customer) -> bool:
        """Whether anything on file can be charged in the merchant's own currency."""
        return bool(self._usable(customer, self._parts.library.current.site.currency))

    def priced(self, walk: Walk, customer: Customer) -> Walk:
        """The walk with what is known of its plan, and a quote: after one's own change it surprises nobody."""
        facts = {**self.subscription_facts(walk), **self.invoice_facts(walk), **self._plan_facts(walk)}
        walk = replace(walk, facts={**walk.facts, **facts})
        return replace(self._quoted(walk, customer), quote_before=None)

    def estimated(self, walk: Walk) -> Walk:
        """The walk with what it would cost, for looking only. Raises `Refusal`."""
        answer = self._parts.biller.estimate(self._request(walk, self.customer(walk)))
        if isinstance(answer, Refused):
            raise Refusal(refused(answer))
        return replace(walk, quote=answer)

    def requoted(self, walk: Walk) -> Walk:
        """The same with a quote that holds again."""
        quoted = self._quoted(walk, self.customer(walk))
        assert quoted.quote is not None, "it was quoted just now"
        return replace(moved(walk, quoted.quote), offers=quoted.offers)

    def subscription_facts(self, walk: Walk) -> Mapping[str, Value]:
        """What conditions may read of the subscription that is changed, where one is."""
        return known.of_subscription(self.subscription(walk), self._today(walk)) if walk.subject.subscription else {}

    def _plan_facts(self, walk: Walk) -> Mapping[str, Value]:
        """What conditions may read of the plan, once there is one."""
        return known.of_plan(self.plan(walk)) if self.plan_ref(walk) else {}

    def invoice_facts(self, walk: Walk) -> Mapping[str, Value]:
        """What conditions may read of the invoice, where the walk is about one of the customer's own."""
        invoice = self._parts.biller.invoice(walk.subject.invoice) if walk.subject.invoice else None
        own = invoice is not None and invoice.customer == walk.customer
        return known.of_invoice(invoice, self._today(walk)) if invoice is not None and own else {}

    def _quoted(self, walk: Walk, customer: Customer) -> Walk:
        """The walk with its quote; where it is confirmed by one of several choices, with one for each."""
        request = self._request(walk, customer)
        quoted = self._parts.biller.quote(request)
        if isinstance(quoted, Refused):
            raise Refusal(refused(quoted))
        walk = replace(walk, quote=quoted)
        confirm = next((step for step in self.workflow(walk).steps if len(step.choices) > 1), None)
        if confirm is None:
            return replace(walk, offers={})
        answers = walk.answers.get(confirm.id, {})
        offers = {"terminate": quoted, **self._offers(walk, confirm, request, answers)}
        return replace(walk, quote=offers.get(leaving.chosen(answers), quoted), offers=offers)

    def _offers(self, walk: Walk, confirm: AnyStep, request: Request, answers: Answers) -> Mapping[str, Quote]:
        """What it costs to stay after all, in each way that the biller agrees to."""
        subscription, facts = self.subscription(walk), known_at(self.workflow(walk), walk, confirm)
        offers: dict[str, Quote] = {}
        for choice in confirm.choices:
            if choice.id != "terminate" and choice.when.holds(facts):
                quoted = self._parts.biller.quote(_instead(choice, request, subscription, answers))
                if isinstance(quoted, Quote):
                    offers[choice.id] = quoted
        return offers

    def _request(self, walk: Walk, customer: Customer) -> Request:
        """All that was chosen and given on the path so far; what was agreed to is not kept as an answer, too."""
        billing = None
        fields: dict[str, Answer] = {}
        for step, answers in self._given(walk):
            if step.kind == "billing_info":
                billing = _billed(answers)
            if step.kind in ("billing_info", "form", "summary", "confirm"):
                others = {*BILLING_FIELDS, SHOWN, *(box.id for box in step.boxes)}
                own = {name: answer for name, answer in answers.items() if name not in others}
                fields |= {f"{step.id}.{name}": answer for name, answer in leaving.own(own).items()}
        promotion = walk.promotion if PURPOSES[walk.workflow].asks in TAKES_CODE else ""
        agreed = self._agreed(walk)
        return Request(customer.id, self._change(walk), billing, fields, walk.subject.recipient, agreed, promotion)

    def _agreed(self, walk: Walk) -> tuple[Consent, ...]:
        """What was asked on the path so far; what was agreed to at another price is worth nothing."""
        shown = walk.quote.shown if walk.quote else ""
        holds = [step.id for step, answers in self._given(walk) if answers.get(SHOWN, shown) == shown]
        return tuple(consent for consent in walk.consents if consent.step in holds)

    def _change(self, walk: Walk) -> Change:
        """What the customer asks for, with all that was chosen so far."""
        subscription = walk.subject.subscription
        match PURPOSES[walk.workflow].asks:
            case "subscribe":
                return Subscribe(self.plan_ref(walk), self._options(walk, {}))
            case "start":
                return Start(subscription, self._options(walk, self.subscription(walk).options))
            case "replace":
                target = self._owned(walk, walk.subject.target)
                return Replace(subscription, target.id, self._options(walk, target.options))
            case "change_plan":
                before = options.carried(self.plan(walk), self.subscription(walk).options)
                return ChangePlan(subscription, self.plan_ref(walk), self._options(walk, before))
            case "change_options":
                return ChangeOptions(subscription, self._options(walk, self.subscription(walk).options))
            case "restart":
                return Restart(subscription)
            case "terminate":
                return Terminate(subscription)
            case "register_method":
                return RegisterMethod(self.bundle(walk).site.currency)
            case "pay_invoice":
                return PayInvoice(walk.subject.invoice)

    def _options(self, walk: Walk, before: Options) -> Options:
        """What was chosen; until then, what the customer has."""
        given = [answers for step, answers in self._given(walk) if step.kind == "options"]
        return (options.chosen(self.plan(walk), given[-1]) if given else {}) or before

    def _given(self, walk: Walk) -> Iterator[tuple[AnyStep, Answers]]:
        """The steps of the path that were answered, and how."""
        workflow = self.workflow(walk)
        for id, answers in answers_on_path(workflow, walk).items():
            if step := workflow.step(id):
                yield step, answers


def _instead(choice: LeavingChoice, request: Request, subscription: Subscription, answers: Answers) -> Request:
    """What is asked for by who does not leave."""
    if choice.id == "keep":
        return replace(request, change=Keep(subscription.id), promotion=choice.promotion)
    until = leaving.until(choice, subscription.period_end, answers)
    return replace(request, change=Pause(subscription.id, until))


def refused(answer: Refused) -> Notice:
    """The page that says why the biller will not do it."""
    match answer.reason:
        case "nothing_to_pay":
            return Notice("nothing_to_pay", addresses.portal())
        case "not_now" | "under_way" | "paid_by_other":
            return Notice(answer.reason, addresses.portal())
        case "recipient_unknown" | "recipient_suspended":
            return Notice(answer.reason)
        case "customer_suspended":
            return Notice("suspended")
        case "plan_withdrawn" | "option_withdrawn":
            return Notice("no_longer_offered", addresses.portal())


def moved(walk: Walk, quote: Quote) -> Walk:
    """The quote changed under the customer: remember what they agreed to, so that the summary can say so."""
    if walk.quote is None or walk.quote.shown == quote.shown:
        return replace(walk, quote=quote)
    agreed = any(answers.get(SHOWN) == walk.quote.shown for answers in walk.answers.values())
    return replace(walk, quote=quote, quote_before=walk.quote if agreed else walk.quote_before)


def _billed(answers: Answers) -> BillingInfo:
    """Billing info as it was given: what was left empty is empty, not what it was before."""
    return BillingInfo(**{name: str(answers.get(name, "")) for name in BILLING_FIELDS})
