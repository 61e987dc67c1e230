"""Plans, periods, quotes and their lines, and to whom they are billed."""

from collections.abc import Iterator, Sequence
from typing import Literal

from generator.engine.postal import lines as postal
from generator.locale import speech
from generator.model.catalog import Option, Period, Plan
from generator.model.customer import BillingInfo
from generator.model.live.parts import (
    About,
    ConsumptionView,
    LaterView,
    LineView,
    PeriodView,
    PlanView,
    QuoteView,
    ScaleView,
    TierView,
)
from generator.model.quote import (
    Change,
    ChangeOptions,
    ChangePlan,
    Keep,
    Line,
    Pause,
    PayInvoice,
    Quote,
    RegisterMethod,
    Replace,
    Restart,
    Start,
    Subscribe,
    Terminate,
)
from generator.model.text import words_in


def period(period: Period) -> PeriodView:
    return PeriodView(period.count, period.unit)


def plan(plan: Plan, language: str) -> PlanView:
    return PlanView(
        ref=plan.ref,
        title=words_in(plan.title, language),
        description=words_in(plan.description, language),
        price=plan.price,
        period=period(plan.period),
        free=plan.free and all(option.free for option in plan.options),
        setup=plan.setup or None,
        trial=period(plan.trial) if plan.trial else None,
        trial_price=plan.trial_price or None,
        commitment=PeriodView(plan.commitment * plan.period.count, plan.period.unit) if plan.commitment else None,
        highlights=tuple(words_in(point, language) for point in plan.highlights),
        consumptions=tuple(consumption(option, language) for option in plan.consumptions),
        some_consumptions=bool(plan.consumptions),
    )


def consumption(option: Option, language: str) -> ConsumptionView:
    return ConsumptionView(
        title=words_in(option.title, language),
        description=words_in(option.description, language) if option.description else None,
        included=option.included,
        some_included=option.included > 0,
        scale=scale(option),
        free=option.free,
    )


def scale(option: Option) -> ScaleView:
    """The tiers of its price, with the numbers that units have when those that are included are counted, too."""
    several = len(option.scale.tiers) > 1
    return ScaleView(tuple(_tiers(option)), several, several and option.scale.rule == "volume")


def _tiers(option: Option) -> Iterator[TierView]:
    tiers, first = option.scale.tiers, option.included + 1
    for tier in tiers:
        last = first if tier is tiers[-1] or tier.up_to is None else option.included + tier.up_to
        reach: Literal["one", "some", "more"] = "one" if last == first else "some"
        yield TierView(
            first=first,
            last=last,
            reach="all" if len(tiers) == 1 else "more" if tier is tiers[-1] else reach,
            price=tier.price,
            increment=tier.increment,
            each=tier.increment == 1,
            flat=tier.flat or None,
        )
        first = last + 1


def quote(quote: Quote, language: str) -> QuoteView:
    return QuoteView(
        shown=quote.shown,
        free=not quote.due_now and not quote.due_later,
        due_now=quote.due_now,
        nothing_now=not quote.due_now,
        lines_now=lines(quote.lines_now, language),
        any_line_now=bool(quote.lines_now),
        due_later=quote.due_later,
        later_on=quote.later_on if quote.due_later else None,
        later_from=quote.later_on if quote.trial_until or _later_than_usual(quote) else None,
        lines_later=lines(quote.lines_later, language),
        period=period(quote.period) if quote.period else None,
        trial_until=quote.trial_until,
        trial_paid=quote.trial_paid,
        committed_until=quote.committed_until,
        effective_on=quote.effective_on,
        lines_used=lines(quote.lines_used, language),
        any_used=bool(quote.lines_used),
        lines_end=lines(quote.lines_end, language),
        due_end=quote.due_end or None,
        resumes=quote.resumes,
        afterwards=tuple(LaterView(later.first, later.due) for later in quote.afterwards),
    )


def _later_than_usual(quote: Quote) -> bool:
    """Whether terms come first that cost nothing."""
    return bool(quote.later_on and quote.next_term and quote.next_term < quote.later_on)


def about(change: Change) -> About:
    """What a walk is about that asks for this."""
    match change:
        case Subscribe() | Start():
            return "plan"
        case ChangePlan() | Replace():
            return "change"
        case ChangeOptions():
            return "options"
        case Restart():
            return "restart"
        case Terminate():
            return "termination"
        case Keep():
            return "keep"
        case Pause():
            return "pause"
        case PayInvoice():
            return "invoice"
        case RegisterMethod():
            return "method"


def lines(lines: Sequence[Line], language: str) -> tuple[LineView, ...]:
    return tuple(
        LineView(
            kind=line.kind,
            part=line.part,
            title=words_in(line.title, language),
            quantity=line.quantity,
            amount=line.amount,
            rate=line.rate,
            included=line.included,
            note=line.note,
        )
        for line in lines
    )


def address(billing: BillingInfo, language: str) -> tuple[str, ...]:
    """Name and address as they stand on an invoice, line by line, in the way of the customer's country."""
    country = speech.formats(language)["country"](billing.country) if billing.country else ""
    return tuple(filter(None, [*postal.lines(billing), country, billing.vat_number, billing.email]))
