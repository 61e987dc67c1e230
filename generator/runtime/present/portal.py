"""The live names of the portal's sections."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from generator.model.customer import Customer
from generator.model.invoice import Invoice
from generator.model.live import portal as live
from generator.model.live.parts import MethodView
from generator.model.payment import Method
from generator.model.portal import Section
from generator.model.problem import FieldProblem
from generator.model.rule import Known
from generator.model.subscription import Subscription
from generator.model.text import words_in
from generator.runtime import addresses
from generator.runtime.present import fields, offers
from generator.runtime.present.shell import Frame
from generator.runtime.present.steps import expiry

GOES_ON = ("active_running", "active_delayed_upgrade")
"""States in which the present term is followed by another."""


def subscriptions(frame: Frame, subscriptions: Sequence[Subscription], language: str) -> live.SubscriptionsPage:
    shown = [subscription for subscription in subscriptions if subscription.state != "deleted"]
    return live.SubscriptionsPage(
        frame.here,
        frame.csrf,
        frame.who,
        subscriptions=tuple(_subscription(subscription, language) for subscription in shown),
        any=bool(shown),
        choose_plan=addresses.start("choose_plan"),
    )


def _subscription(subscription: Subscription, language: str) -> live.SubscriptionView:
    options = tuple(
        live.OptionInUse(option.kind, words_in(option.title, language), int(chosen))
        for option in subscription.plan.options
        if (chosen := subscription.options.get(option.ref))
    )
    return live.SubscriptionView(
        id=subscription.id,
        title=words_in(subscription.plan.title, language),
        state=subscription.state,
        price=subscription.price,
        free=not subscription.price,
        period=offers.period(subscription.period),
        options=options,
        some_options=bool(options),
        started=subscription.started,
        renews=subscription.period_end if subscription.price and subscription.state in GOES_ON else None,
        trial_until=subscription.trial_until,
        committed_until=subscription.committed_until,
    )


def invoices(frame: Frame, invoices: Sequence[Invoice], language: str) -> live.InvoicesPage:
    ordered = sorted(invoices, key=lambda invoice: not invoice.unpaid)
    return live.InvoicesPage(
        frame.here,
        frame.csrf,
        frame.who,
        invoices=tuple(
            live.InvoiceView(
                number=invoice.number,
                state=invoice.state,
                unpaid=invoice.unpaid,
                issued=invoice.issued,
                due=invoice.due if invoice.unpaid else None,
                total=invoice.total,
                lines=offers.lines(invoice.lines, language),
                pay=addresses.start("pay_invoice", invoice.id) if invoice.payable else None,
            )
            for invoice in ordered
        ),
        any=bool(invoices),
    )


def billing_info(
    frame: Frame,
    section: Section,
    customer: Customer,
    known: Known,
    typed: Mapping[str, str] | None = None,
    problems: Sequence[FieldProblem] = (),
    saved: bool = False,
) -> live.BillingInfoPage:
    views = fields.views(section.fields, known, asdict(customer.billing), typed, problems)
    return live.BillingInfoPage(frame.here, frame.csrf, frame.who, fields=views, faulty=bool(problems), saved=saved)


def payment_method(frame: Frame, methods: Sequence[Method]) -> live.PaymentMethodPage:
    return live.PaymentMethodPage(
        frame.here,
        frame.csrf,
        frame.who,
        methods=tuple(
            MethodView(method.id, method.label, expiry(method.expires), method.default) for method in methods
        ),
        any=bool(methods),
        register=addresses.start("register_payment_method"),
    )
