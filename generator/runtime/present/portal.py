"""The live names of the portal's sections."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from generator.engine import actions, known
from generator.engine.methods import Keeper
from generator.model.catalog import Catalog
from generator.model.customer import Customer
from generator.model.invoice import Invoice
from generator.model.live import portal as live
from generator.model.live.parts import MethodView, PaymentNews, Url
from generator.model.payment import Method
from generator.model.quote import Answer
from generator.model.site import Site
from generator.model.subscription import Subscription
from generator.model.text import Text, words_in
from generator.model.usage import Consumption
from generator.model.walk import Subject
from generator.model.workflow import Field
from generator.runtime import addresses
from generator.runtime.present import bills, offers, people
from generator.runtime.present.doors import Doors
from generator.runtime.present.shell import Frame
from generator.runtime.present.steps import expiry

Act = Literal["start", "change_plan", "change_options", "terminate", "restart", "undo_change", "choose_plan", "resume"]
"""Actions that have a button of their own; who pauses or stays for less chooses that on the way out."""

BUTTON_OF: tuple[Act, ...] = get_args(Act)

GOES_ON = ("active_running", "active_delayed_upgrade")
"""States in which the present term is followed by another."""


MOST_INVOICES = 6
"""How many invoices the page about a subscription shows; the section has them all."""

About = Callable[[str], Sequence[Invoice]]
"""The newest invoices about the subscription of this id."""


@dataclass(frozen=True)
class Owned:
    """A subscription with what decides its buttons: the day, whether there is another plan, and what follows it.

    `consumption` is what has been used of it in its present term.
    `asks` is the customer who looks, `other` who has it or pays for it beside them, and `held` the walk whose payment
    decides whether it starts.
    """

    subscription: Subscription
    today: date
    other_plans: bool
    successor: Subscription | None = None
    consumption: tuple[Consumption, ...] = ()
    asks: str = ""
    other: Customer | None = None
    held: str = ""

    @property
    def relation(self) -> Literal["own", "for_other", "by_other"]:
        if not self.subscription.payer:
            return "own"
        return "for_other" if self.asks == self.subscription.payer else "by_other"

    @property
    def shown(self) -> bool:
        """What is only ordered is nothing yet to whom it is given."""
        state = self.subscription.state
        given = state.startswith("draft") and self.relation == "by_other"
        return not given and state not in ("deleted", "draft_delayed_upgrade")


def subscriptions(
    frame: Frame,
    doors: Doors,
    owned: Sequence[Owned],
    about: About,
    news: Sequence[PaymentNews],
    catalog: Catalog,
    language: str,
) -> live.SubscriptionsPage:
    """`about` finds the invoices about one, `catalog` is what they may choose from where they have nothing."""
    shown = [one for one in owned if one.shown]
    past = [one for one in shown if one.subscription.state.startswith("ended")]
    current = [one for one in shown if one not in past]
    tables = () if current else _offers(doors, catalog, language)
    return live.SubscriptionsPage(
        frame.here,
        frame.csrf,
        frame.who,
        one=detail(doors, current[0], about, language) if len(current) == 1 else None,
        subscriptions=tuple(_subscription(doors, one, language) for one in current if len(current) > 1),
        news=tuple(one for one in news if one.about != "invoice"),
        any=bool(current),
        past=tuple(_subscription(doors, one, language) for one in past),
        any_past=bool(past),
        choose_plan=doors.to("choose_plan", addresses.start("choose_plan")),
        tables=tables,
        any_offer=bool(tables),
    )


def subscription(frame: Frame, doors: Doors, owned: Owned, about: About, language: str) -> live.SubscriptionPage:
    """One subscription by itself."""
    one = detail(doors, owned, about, language)
    back = addresses.section(doors.section.id)
    return live.SubscriptionPage(frame.here, frame.csrf, frame.who, one=one, back=back)


def detail(doors: Doors, owned: Owned, about: About, language: str) -> live.DetailView:
    """All that there is to say of one subscription; a draft and a dead one have nothing to say of invoices."""
    subscription = owned.subscription
    invoices = about(subscription.id)
    answers = tuple(_answers(doors.site, subscription, language))
    return live.DetailView(
        subscription=_subscription(doors, owned, language),
        answers=answers,
        any_answer=bool(answers),
        invoices=tuple(bills.view(doors, invoice, language, owned.today) for invoice in invoices),
        any_invoice=bool(invoices),
    )


def _answers(site: Site, subscription: Subscription, language: str) -> Iterator[live.AnswerView]:
    """What the customer answered to the merchant's own questions, as far as they are still asked anywhere."""
    given = subscription.fields or {}
    asked = {
        f"{step.id}.{field.id}": field
        for workflow in site.workflows
        for step in workflow.steps
        for field in step.fields
        if field.label
    }
    for name, answer in given.items():
        label = asked[name].label if name in asked else None
        phrase = label.phrase(language) if label else None
        said = _said(asked[name], answer, language) if phrase else ""
        if phrase and said:
            yield live.AnswerView(phrase.says, said)


def _said(field: Field, answer: Answer, language: str) -> str:
    """An answer in words; a tick says nothing without the text that was agreed to."""
    if isinstance(answer, bool):
        return ""
    chosen = {option.id: option.label for option in field.options}
    words = [answer] if not isinstance(answer, tuple) else answer
    return ", ".join(_option(chosen.get(str(word)), str(word), language) for word in words if word != "")


def _option(label: Text | None, word: str, language: str) -> str:
    phrase = label.phrase(language) if label else None
    return phrase.says if phrase else word


def _offers(doors: Doors, catalog: Catalog, language: str) -> tuple[live.OffersView, ...]:
    return tuple(
        live.OffersView(
            words_in(table.title, language),
            tuple(
                live.OfferView(
                    offers.plan(plan, language),
                    doors.chosen(plan.ref),
                )
                for plan in table.plans
            ),
        )
        for table in catalog.tables
    )


def _subscription(doors: Doors, owned: Owned, language: str) -> live.SubscriptionView:
    subscription, successor = owned.subscription, owned.successor
    options = tuple(
        live.OptionInUse(
            "switch" if option.kind == "switch" else "quantity", words_in(option.title, language), int(chosen)
        )
        for option in subscription.plan.choices
        if (chosen := subscription.options.get(option.ref))
    )
    counts = owned.consumption if subscription.active or subscription.suspended else ()
    drafted = subscription.state.startswith("draft")
    changing = subscription.state == "active_delayed_upgrade"
    pausing = subscription.state == "active_delayed_suspension"
    buttons = {button: _button(doors, owned, button) for button in BUTTON_OF}
    return live.SubscriptionView(
        id=subscription.id,
        detail=addresses.subscription(subscription.id),
        title=words_in(subscription.plan.title, language),
        state=subscription.state,
        relation=owned.relation,
        other=people.called(owned.other) if owned.other else "",
        price=subscription.price,
        reduced=subscription.reduced,
        discounts=tuple(
            live.DiscountView(words_in(discount.promotion.title, language), discount.until)
            for discount in subscription.discounts
        ),
        free=not subscription.price,
        period=offers.period(subscription.period),
        options=options,
        some_options=bool(options),
        used=tuple(_used(subscription, counted, language) for counted in counts),
        any_counted=bool(counts),
        counts_until=subscription.period_end if counts else None,
        started=None if drafted else subscription.started,
        starts=subscription.started if drafted and subscription.started > owned.today else None,
        renews=subscription.period_end if subscription.price and subscription.state in GOES_ON else None,
        trial_until=subscription.trial_until if subscription.in_trial(owned.today) else None,
        trial_paid=bool(subscription.plan.trial_price),
        committed_until=subscription.committed_until if subscription.committed(owned.today) else None,
        ends=None if pausing else subscription.ends,
        pauses=subscription.ends or subscription.period_end if pausing else None,
        resumes=subscription.resumes,
        changes_to=words_in(successor.plan.title, language) if successor else "",
        changes_on=subscription.period_end if changing else None,
        any_action=any(buttons.values()),
        **buttons,
    )


def _used(subscription: Subscription, consumption: Consumption, language: str) -> live.UsedView:
    option, used = consumption.option, consumption.used
    beyond = used - option.included
    return live.UsedView(
        id=f"{subscription.id}-{option.ref}",
        title=words_in(option.title, language),
        used=used,
        included=option.included,
        some_included=option.included > 0,
        within=min(used, option.included),
        beyond=max(beyond, 0),
        any_beyond=beyond > 0,
    )


def _button(doors: Doors, owned: Owned, action: Act) -> Url | None:
    """Where an action leads, if it is offered."""
    subscription = owned.subscription
    if not actions.decide(action, subscription, owned.today, owned.other_plans, owned.asks).offered:
        return None
    match action:
        case "undo_change":
            ours = addresses.undo_change(subscription.id)
        case "resume":
            if not owned.held:
                return None
            ours = addresses.walk(owned.held)
        case _:
            ours = addresses.start(WORKFLOW_OF[action], Subject(subscription=subscription.id))
    facts = {**known.of_subscription(subscription, owned.today), **known.of_plan(subscription.plan)}
    return doors.to(action, ours, subscription.plan.ref, subscription.id, known=facts)


WORKFLOW_OF: Mapping[Act, str] = {
    "start": "subscribe_to_subscription",
    "change_plan": "change_plan",
    "change_options": "change_options",
    "terminate": "terminate_subscription",
    "restart": "restart_subscription",
    "choose_plan": "choose_plan",
}
"""The workflow that each action begins."""


SOON = timedelta(days=60)
"""How long before a card expires the customer is told."""


def payment_method(
    frame: Frame, doors: Doors, methods: Sequence[Method], kept: Mapping[str, Keeper], today: date, changed: bool
) -> live.PaymentMethodPage:
    """`kept` is why a method stays, by its id."""
    return live.PaymentMethodPage(
        frame.here,
        frame.csrf,
        frame.who,
        methods=tuple(_method(doors, method, kept, today) for method in methods),
        any=bool(methods),
        register=doors.to("register", addresses.start("register_payment_method")),
        default_elsewhere=bool(doors.section.button("make_default").redirect),
        changed=changed,
    )


def remove_method(frame: Frame, doors: Doors, method: Method, others: bool, today: date) -> live.RemoveMethodPage:
    back = addresses.section(doors.section.id)
    return live.RemoveMethodPage(
        frame.here, frame.csrf, frame.who, method=_method(doors, method, {}, today), others=others, back=back
    )


def _method(doors: Doors, method: Method, kept: Mapping[str, Keeper], today: date) -> MethodView:
    section = doors.section.id
    ours = {act: addresses.method(section, method.id, act) for act in ("default", "remove")}
    remove = doors.to("remove", ours["remove"], method=method.id)
    expired = method.expired(today)
    return MethodView(
        id=method.id,
        kind=method.kind,
        label=method.label,
        expires=expiry(method.expires),
        expiry="past" if expired else "soon" if method.expired(today + SOON) else "",
        default=method.default,
        make_default=None if method.default else doors.to("make_default", ours["default"], method=method.id),
        remove=None if method.id in kept else remove,
        kept=kept.get(method.id, "") if remove else "",
    )
