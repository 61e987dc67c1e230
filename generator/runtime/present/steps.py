"""The live names of each step, and of a walk that waits or is over."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, TypeVar
from zoneinfo import ZoneInfo

from generator.engine import leaving, payment, promotion
from generator.engine import options as chosen_options
from generator.engine.advance import Scene, ways_of
from generator.engine.ground import Ground
from generator.engine.path import SHOWN, expected, known_at, path
from generator.model.catalog import Catalog, Option, Plan
from generator.model.customer import Customer
from generator.model.live import steps as live
from generator.model.live.parts import AddressView, Declined, Url
from generator.model.payment import Elsewhere, Inset, Intent, Pending
from generator.model.quote import ChangeOptions, ChangePlan, Quote, Replace, Start, Subscribe
from generator.model.subscription import Subscription
from generator.model.text import words_in
from generator.model.walk import Answers, Ended, Open, Walk
from generator.model.workflow import PaymentStep, Workflow
from generator.runtime import addresses
from generator.runtime.present import fields, offers, people
from generator.runtime.present.shell import Frame
from generator.runtime.screens import StepScreen

Page = TypeVar("Page")


@dataclass(frozen=True)
class Bought:
    """What a summary is of: the plan's title or the invoice's number, the plan, for whom, and what they have of it."""

    name: str
    plan: Plan | None
    recipient: Customer | None = None
    already: Subscription | None = None


class Presenter:
    """Makes the live names of one step's page."""

    def __init__(
        self, frame: Frame, workflow: Workflow, screen: StepScreen, customer: Customer, language: str, ground: Ground
    ) -> None:
        self._frame, self._workflow, self._screen = frame, workflow, screen
        self._customer, self._language, self._ground = customer, language, ground
        self._walk, self._step = screen.walk, screen.step

    def catalog(self, catalog: Catalog) -> live.CatalogPage:
        chosen = self._given.get("plan")
        tables = tuple(
            live.TableView(
                title=words_in(table.title, self._language),
                cards=tuple(
                    live.PlanCard(offers.plan(plan, self._language), plan.ref == chosen) for plan in table.plans
                ),
            )
            for table in catalog.tables
        )
        return live.CatalogPage(**self._common(), tables=tables)

    def options(self, plan: Plan, quote: Quote) -> live.OptionsPage:
        views = tuple(self._option(option, plan, quote) for option in plan.choices)
        return live.OptionsPage(
            **self._common(),
            plan=offers.plan(plan, self._language),
            quote=offers.quote(quote, self._language),
            options=views,
        )

    def form(self, plan: Plan | None) -> live.FormPage:
        return live.FormPage(
            **self._common(),
            plan=offers.plan(plan, self._language) if plan else None,
            quote=offers.quote(self._walk.quote, self._language) if self._walk.quote else None,
            fields=self._fields(),
            address=self._address(),
        )

    def summary(self, quote: Quote, bought: Bought) -> live.BillSummaryPage:
        before = self._walk.quote_before
        page, more = self._of_plan(bought.plan, live.BillSummaryPage, live.SummaryPage)
        return page(
            **self._common(),
            **more,
            about=offers.about(quote.request.change),
            name=bought.name,
            recipient=people.called(bought.recipient) if bought.recipient else None,
            already=people.already(bought.already, self._language) if bought.already else None,
            quote=offers.quote(quote, self._language),
            fields=self._fields(),
            billed_to=offers.address(quote.request.billing or self._customer.billing, self._language),
            change_plan=self._earlier("catalog"),
            change_options=self._earlier("options"),
            change_billing_info=self._earlier("billing_info"),
            moved=_moved(before, quote),
            quote_before=offers.quote(before, self._language) if before else None,
            promotion=self._promotion(quote),
        )

    def _promotion(self, quote: Quote) -> live.PromotionView:
        """As it was typed, right or wrong; what is applied is known by its title."""
        walk, typed = self._walk, self._screen.typed or {}
        applied = bool(walk.promotion) and not quote.promotion_fault
        missing = any(problem.field == promotion.CODE for problem in self._screen.problems)
        return live.PromotionView(
            code=walk.promotion or typed.get(promotion.CODE, ""),
            applied=applied,
            title=words_in(quote.discounts[-1].promotion.title, self._language) if applied else "",
            fault="missing" if missing else quote.promotion_fault,
        )

    def confirm(self, quote: Quote, plan: Plan) -> live.ConfirmPage:
        """What leaving costs is always there, whatever else was chosen before."""
        choices = self._walk.offers
        quote, keep = choices.get("terminate", quote), choices.get("keep")
        return live.ConfirmPage(
            **self._common(),
            plan=offers.plan(plan, self._language),
            quote=offers.quote(quote, self._language),
            bound=quote.committed_until is not None,
            moved=_moved(self._walk.quote_before, quote),
            fields=self._fields(),
            keep=offers.quote(keep, self._language) if keep else None,
            pause=self._pause(choices["pause"]) if "pause" in choices else None,
        )

    def _pause(self, quote: Quote) -> live.PauseView | None:
        choice, begins = self._step.choice("pause"), quote.effective_on
        if choice is None or begins is None:
            return None
        bounds, typed, given = leaving.bounds(choice, begins), self._screen.typed, self._given
        faults = {problem.field: problem.fault for problem in self._screen.problems}
        agreed = given.get(leaving.CHOICE) == "pause" and given.get(SHOWN) != quote.shown
        return live.PauseView(
            quote=offers.quote(quote, self._language),
            value=typed.get(leaving.UNTIL, "") if typed is not None else str(quote.resumes),
            first=str(bounds.first),
            last=str(bounds.last),
            first_day=bounds.first,
            last_day=bounds.last,
            fault=faults.get(leaving.UNTIL, ""),
            changed=agreed and typed is None,
        )

    def payment(self, quote: Quote, scene: Scene, plan: Plan | None, time_zone: str) -> live.BillPaymentPage:
        step = self._step
        assert isinstance(step, PaymentStep), "the payment page is a payment step's"
        case = payment.case_of(step, {**known_at(self._workflow, self._walk, step), **(scene.facts or {})})
        ways = ways_of(self._walk, step, case, scene)
        asks = case in ("pay_now", "register_method")
        offered = [*(method.id for method in ways.saved), *map(payment.new, ways.new), payment.TRANSFER]
        typed = (self._screen.typed or {}).get("method", "")
        chosen = typed if typed in offered else ways.first
        page, more = self._of_plan(plan, live.BillPaymentPage, live.PaymentPage)
        return page(
            **self._common(),
            **more,
            about=offers.about(quote.request.change),
            quote=offers.quote(quote, self._language),
            case=case,
            methods=tuple(
                live.MethodChoice(method.id, method.kind, method.label, expiry(method.expires), method.id == chosen)
                for method in ways.saved
            ),
            several=len(ways.saved) + len(ways.new) + ways.transfer > 1,
            card="card" in ways.new,
            card_chosen=chosen == payment.new("card"),
            sepa="sepa" in ways.new,
            sepa_chosen=chosen == payment.new("sepa"),
            transfer=ways.transfer or (case == "pay_later" and scene.terms and not scene.methods),
            transfer_chosen=chosen == payment.TRANSFER,
            terms_days=self._customer.terms_days,
            declined=self._declined,
            cooling_until=_shown_until(scene.cooling, time_zone) if asks and scene.cooling else None,
            cooling_refused=self._screen.refused is not None,
            any_way=not asks or bool(ways.saved or ways.new or ways.transfer),
        )

    def _of_plan(
        self, plan: Plan | None, without: type[Page], with_plan: type[Page]
    ) -> tuple[type[Page], dict[str, Any]]:
        """Which of two pages it is, and what the one with a plan has beside the other."""
        return (with_plan, {"plan": offers.plan(plan, self._language)}) if plan else (without, {})

    def _common(self) -> dict[str, Any]:
        walked = [step.id for step in path(self._workflow, self._walk)]
        at = walked.index(self._step.id)
        return {
            **_shell(self._frame),
            "version": self._walk.version,
            "leave": addresses.step(self._walk.id, addresses.LEAVE),
            "back": addresses.step(self._walk.id, walked[at - 1]) if at else None,
            "position": at + 1,
            "total": len(expected(self._workflow, self._walk)),
            "faulty": self._screen.faulty,
            "stale": self._screen.stale,
        }

    @property
    def _given(self) -> Answers:
        return self._walk.answers.get(self._step.id, {})

    @property
    def _declined(self) -> Declined:
        standing = self._walk.standing
        return standing.declined.reason if isinstance(standing, Open) and standing.declined else ""

    def _fields(self) -> Any:
        """Billing info that we know is filled in. A summary is agreed to anew each time it is shown with another price;
        what was ticked while a code was applied stays ticked."""
        known, given = known_at(self._workflow, self._walk, self._step), self._said
        if self._step.kind == "summary" and SHOWN in given:
            given = {}
        return fields.views(
            self._step.fields, known, given, self._ground, self._language, self._screen.typed, self._screen.problems
        )

    def _address(self) -> tuple[AddressView, ...]:
        known = known_at(self._workflow, self._walk, self._step)
        return fields.address(self._step.fields, known, self._said, self._ground, self._screen.typed)

    @property
    def _said(self) -> Answers:
        """What was answered, or else is known already."""
        if self._step.kind == "billing_info" and not self._given:
            return asdict(self._customer.billing)
        return self._given

    def _earlier(self, kind: str) -> Url | None:
        """Where something that was given before can be changed."""
        walked = path(self._workflow, self._walk)
        return next((addresses.step(self._walk.id, step.id) for step in walked if step.kind == kind), None)

    def _option(self, option: Option, plan: Plan, quote: Quote) -> live.OptionView:
        typed, name = self._screen.typed, chosen_options.PREFIX + option.ref
        change = quote.request.change
        known = change.options if isinstance(change, Subscribe | Start | ChangePlan | Replace | ChangeOptions) else {}
        given = known.get(option.ref, option.minimum)
        value = typed.get(name, "") if typed is not None else str(given)
        faults = {problem.field: problem.fault for problem in self._screen.problems}
        return live.OptionView(
            ref=option.ref,
            anchor=Url(f"#option-{option.ref}"),
            kind="switch" if option.kind == "switch" else "quantity",
            title=words_in(option.title, self._language),
            description=words_in(option.description, self._language) if option.description else None,
            price=option.scale.tiers[0].price,
            scale=offers.scale(option),
            included=option.included,
            some_included=option.included > 0,
            minimum=option.minimum,
            maximum=option.maximum,
            step=option.step,
            value=value,
            on=value in ("True", "true"),
            fault=faults.get(option.ref, ""),
        )


def waiting(frame: Frame, walk: Walk, intent: Intent) -> live.WaitingPage:
    """What is known of a payment that nobody has decided yet."""
    state: Literal["elsewhere", "pending", "unknown"] = "unknown"
    match intent.result:
        case Elsewhere():
            state = "elsewhere"
        case Pending():
            state = "pending"
    return live.WaitingPage(
        **_shell(frame),
        state=state,
        go_on=Url(intent.result.url) if isinstance(intent.result, Elsewhere) else None,
        amount=intent.amount,
        by=intent.result.by if isinstance(intent.result, Pending) else None,
        nothing_due=not intent.amount,
        leave=addresses.step(walk.id, addresses.LEAVE),
    )


def paying(frame: Frame, walk: Walk, intent: Intent, inset: Inset) -> live.PayingPage:
    """The gateway's field on our page."""
    return live.PayingPage(
        **_shell(frame),
        script=Url(inset.script),
        key=inset.key,
        secret=inset.secret,
        come_back=Url(intent.come_back),
        amount=intent.amount,
        nothing_due=not intent.amount,
        leave=addresses.step(walk.id, addresses.LEAVE),
    )


def done(
    frame: Frame,
    walk: Walk,
    name: str,
    customer: Customer,
    go_on: Url,
    to_merchant: bool,
    reference: str,
    language: str,
) -> live.DonePage:
    """How a walk ended."""
    assert isinstance(walk.standing, Ended), "only a finished walk is done"
    assert walk.quote is not None, "nobody finishes without a quote"
    return live.DonePage(
        **_shell(frame),
        outcome=walk.standing.outcome,
        about=offers.about(walk.quote.request.change),
        name=name,
        quote=offers.quote(walk.quote, language),
        go_on=go_on,
        to_merchant=to_merchant,
        reference=reference,
        terms_days=customer.terms_days,
    )


def _shown_until(moment: datetime, time_zone: str) -> datetime:
    """On the merchant's clock, up to the minute in which it is surely past."""
    return (moment + timedelta(seconds=59)).replace(second=0, microsecond=0).astimezone(ZoneInfo(time_zone))


def expiry(month: str) -> str:
    """`2028-04` as it stands on a card: 04/2028."""
    year, _, number = month.partition("-")
    return f"{number}/{year}" if number else ""


def _shell(frame: Frame) -> dict[str, Any]:
    return {"here": frame.here, "csrf": frame.csrf, "who": frame.who}


def _moved(before: Quote | None, now: Quote) -> Literal["", "now", "later", "dates"]:
    """What is different from what the customer agreed to."""
    if before is None:
        return ""
    if before.due_now != now.due_now:
        return "now"
    return "later" if before.due_later != now.due_later else "dates"
