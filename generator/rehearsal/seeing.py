"""Sentences that say what is then: before the customer's eyes, in the books, at the bank, in the mailbox."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

from generator.engine import payment
from generator.engine.answers import written
from generator.engine.path import known_at
from generator.model.money import Money
from generator.model.walk import Ended, Walk
from generator.model.workflow import PaymentStep
from generator.rehearsal.acting import field_name, place
from generator.rehearsal.given import chosen
from generator.rehearsal.stage import Person, Stage, Unmet, amount, said
from generator.seal import result


def sees(stage: Stage, who: Person, text: str) -> None:
    if text not in who.window.text:
        raise Unmet(f'to see "{text}"', place(who))


def does_not_see(stage: Stage, who: Person, text: str) -> None:
    if text in who.window.text:
        raise Unmet(f'not to see "{text}"', place(who))


def sees_link(stage: Stage, who: Person, text: str) -> None:
    if not any(name.startswith(text) for name in who.window.links()):
        raise Unmet(f'a link "{text}"', ", ".join(who.window.links()) or "no links")


def does_not_see_link(stage: Stage, who: Person, text: str) -> None:
    if any(name.startswith(text) for name in who.window.links()):
        raise Unmet(f'no link "{text}"', ", ".join(who.window.links()))


def sees_step(stage: Stage, who: Person, step: str) -> None:
    if who.window.step != step:
        raise Unmet(f"the step {step}", place(who))


def sees_case(stage: Stage, who: Person, case: str) -> None:
    """Of the payment step, as the definition decides it for them."""
    walk = _newest_walk(stage, who)
    workflow = stage.stand.parts.library.bundle(walk.bundle).site.workflow(walk.workflow)
    step = workflow.step(who.window.step) if workflow else None
    if workflow is None or not isinstance(step, PaymentStep):
        raise Unmet("a payment step", place(who))
    found = payment.case_of(step, known_at(workflow, walk, step))
    if found != case:
        raise Unmet(f"the payment case {case}", found)


def ends(stage: Stage, who: Person, outcome: str) -> None:
    """The walk that they began last."""
    standing = _newest_walk(stage, who).standing
    if not isinstance(standing, Ended) or standing.outcome != outcome:
        raise Unmet(f"the outcome {outcome}", standing.outcome if isinstance(standing, Ended) else place(who))


def _newest_walk(stage: Stage, who: Person) -> Walk:
    found = stage.walk(who)
    if found is None:
        raise Unmet("a walk that they began", "none")
    return found


def sees_page(stage: Stage, who: Person, title: str) -> None:
    if who.window.title != title:
        raise Unmet(f'the page "{title}"', place(who))


def is_answered(stage: Stage, who: Person, status: str) -> None:
    if who.window.status != int(status):
        raise Unmet(f"the status {status}", place(who))


def field_is(stage: Stage, who: Person, value: str, field: str) -> None:
    found = who.window.value(field_name(who, field))
    if found != value:
        raise Unmet(f'"{value}" in {field}', str(found))


def is_sent_to(stage: Stage, who: Person, target: str, pairs: str = "") -> None:
    """To a redirect target by its name, with at least these parameters, all of them signed."""
    targets = stage.stand.parts.library.current.site.redirects.targets
    if target not in targets:
        raise Unmet("a redirect target of the definition", f"{target}; there is {', '.join(targets) or 'none'}")
    url = who.window.url
    if who.window.status or not url.startswith(targets[target].url):
        raise Unmet(f"to be sent to {targets[target].url}", place(who))
    given = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    signed = result.verify(given.pop("result", ""), stage.stand.parts.results, stage.stand.clock.now())
    if signed != given:
        raise Unmet(f"a signature over {given}", str(signed))
    for pair in filter(None, (pair.strip() for pair in pairs.split(","))):
        name, _, value = pair.partition("=")
        if given.get(name) != value:
            raise Unmet(f"{name}={value}", f"{name}={given.get(name)}")


def is_sent_by_portal(stage: Stage, who: Person, target: str) -> None:
    """By a button or a tab that leads to the merchant: it says who, and nothing that anybody must believe."""
    targets = stage.stand.parts.library.current.site.redirects.targets
    url = who.window.url
    if target not in targets or who.window.status or not url.startswith(targets[target].url):
        raise Unmet(f"to be sent to {target}", place(who))
    given = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    if (given.get("from"), given.get("idc")) != ("portal", who.id):
        raise Unmet("from=portal and the customer's id", str(given))


def has_in_state(stage: Stage, who: Person, plan: str, state: str) -> None:
    found = stage.subscription(who, plan).state
    if found != state:
        raise Unmet(f"{plan} in state {state}", found)


def has_options(stage: Stage, who: Person, plan: str, options: str) -> None:
    found = stage.subscription(who, plan).options
    wanted = chosen(options)
    if any(found.get(name) != value for name, value in wanted.items()):
        raise Unmet(f"{plan} with {options}", str(dict(found)))


def has_until(stage: Stage, who: Person, plan: str, day: str) -> None:
    found = stage.subscription(who, plan).ends
    if found != date.fromisoformat(day):
        raise Unmet(f"{plan} to end on {day}", str(found))


def has_paused_until(stage: Stage, who: Person, plan: str, day: str) -> None:
    found = stage.subscription(who, plan).resumes
    if found != date.fromisoformat(day):
        raise Unmet(f"{plan} to go on on {day}", str(found))


def has_discount(stage: Stage, who: Person, code: str, plan: str, day: str) -> None:
    """The day is the first without it."""
    found = {discount.promotion.code: discount.until for discount in stage.subscription(who, plan).discounts}
    if found.get(code) != date.fromisoformat(day):
        raise Unmet(
            f"the discount {code} on {plan} until {day}", str({code: str(until) for code, until in found.items()})
        )


def has_no_discount(stage: Stage, who: Person, plan: str) -> None:
    if discounts := stage.subscription(who, plan).discounts:
        raise Unmet(f"no discount on {plan}", ", ".join(discount.promotion.code for discount in discounts))


def has_said(stage: Stage, who: Person, value: str, field: str, plan: str) -> None:
    """What the merchant asked, kept with the subscription."""
    fields = stage.subscription(who, plan).fields or {}
    if field not in fields or written(fields[field]) != value:
        raise Unmet(f'{field} = "{value}" with {plan}', str(dict(fields)))


def has_agreed(stage: Stage, who: Person, text: str, language: str) -> None:
    """Ticked, in these words; the newest time that they were asked it."""
    _has_consent(stage, who, text, language, given=True)


def has_declined(stage: Stage, who: Person, text: str, language: str) -> None:
    """Was asked it, and did not tick."""
    _has_consent(stage, who, text, language, given=False)


def _has_consent(stage: Stage, who: Person, text: str, language: str, given: bool) -> None:
    kept = [one.consent for one in stage.stand.ledger.consents(who.id)]
    found = [one.given for one in kept if (one.says, one.language) == (text, language)]
    if not found or found[-1] is not given:
        said = "; ".join(f'"{one.says}" in {one.language}: {"yes" if one.given else "no"}' for one in kept)
        raise Unmet(f'"{text}" in {language}: {"yes" if given else "no"}', said or "nothing that they were asked")


def has_agreed_to_nothing(stage: Stage, who: Person) -> None:
    if kept := stage.stand.ledger.consents(who.id):
        raise Unmet("nothing agreed to", "; ".join(f'"{one.consent.says}"' for one in kept))


def pays_for(stage: Stage, who: Person, plan: str, name: str) -> None:
    """Is billed for what somebody else has."""
    other = stage.other(name)
    found = [one for one in stage.stand.ledger.paid_for(who.id) if one.customer == other.id]
    if plan not in [one.plan.ref for one in found]:
        raise Unmet(f"to pay for {plan} of {name}", ", ".join(one.plan.ref for one in found) or "nothing")


def has_not_said(stage: Stage, who: Person, field: str, plan: str) -> None:
    fields = stage.subscription(who, plan).fields or {}
    if field in fields:
        raise Unmet(f"nothing said to {field}", written(fields[field]))


def has_told(stage: Stage, who: Person, value: str, field: str) -> None:
    """In a section of the portal."""
    fields = stage.customer(who).fields
    if field not in fields or written(fields[field]) != value:
        raise Unmet(f'{field} = "{value}"', str(dict(fields)))


def has_told_nothing(stage: Stage, who: Person, field: str) -> None:
    fields = stage.customer(who).fields
    if field in fields:
        raise Unmet(f"nothing told in {field}", written(fields[field]))


def has_count(stage: Stage, who: Person, count: str) -> None:
    has = stage.subscriptions(who)
    if len(has) != (0 if count == "no" else int(count)):
        raise Unmet(f"{count} subscriptions", ", ".join(f"{one.plan.ref} ({one.state})" for one in has) or "none")


def has_used(stage: Stage, who: Person, count: str, option: str) -> None:
    """In the present term of the newest subscription in which it is counted."""
    ledger = stage.stand.ledger
    counted = [one for owned in ledger.subscriptions(who.id) for one in ledger.consumption(owned.id)]
    found = next((one.used for one in counted if one.option.ref == option), None)
    if found != (0 if count == "no" else int(count)):
        raise Unmet(f"{count} of {option} to be used", str(found))


def has_invoice(stage: Stage, who: Person, total: str, state: str) -> None:
    """The newest one."""
    invoice = stage.invoice(who)
    if (invoice.total, invoice.state) != (amount(total), state):
        raise Unmet(f"an invoice of {total} in state {state}", f"{said(invoice.total)} in state {invoice.state}")


def has_credit_note(stage: Stage, who: Person, total: str) -> None:
    """The newest one; what it takes back is written without a sign."""
    notes = stage.stand.ledger.credit_notes(who.id)
    if not notes or -notes[0].total != amount(total):
        raise Unmet(f"a credit note of {total}", said(-notes[0].total) if notes else "none")


def has_no_credit_note(stage: Stage, who: Person) -> None:
    if notes := stage.stand.ledger.credit_notes(who.id):
        raise Unmet("no credit note", ", ".join(f"{one.number} of {said(-one.total)}" for one in notes))


def was_given_back(stage: Stage, who: Person, total: str) -> None:
    """By the bank, of all that it took."""
    back = sum(int(str(charge["given_back"])) for charge in stage.charges(who))
    wanted = amount(total)
    if back != wanted.minor:
        raise Unmet(f"{total} given back", said(Money(back, wanted.currency)))


def has_no_invoice(stage: Stage, who: Person) -> None:
    if invoices := stage.stand.ledger.invoices(who.id):
        raise Unmet("no invoice", ", ".join(f"{one.number} of {said(one.total)}" for one in invoices))


def owes(stage: Stage, who: Person, total: str) -> None:
    """All unpaid invoices together."""
    wanted = amount(total)
    unpaid = [one.total for one in stage.stand.ledger.invoices(who.id) if one.unpaid]
    found = sum(unpaid, Money.zero(wanted.currency))
    if found != wanted:
        raise Unmet(f"{total} to be owed", said(found))


def owes_nothing(stage: Stage, who: Person) -> None:
    if unpaid := [one for one in stage.stand.ledger.invoices(who.id) if one.unpaid]:
        raise Unmet("nothing to be owed", ", ".join(f"{one.number} of {said(one.total)}" for one in unpaid))


def has_method(stage: Stage, who: Person, count: str) -> None:
    methods = stage.stand.parts.gateway.methods(who.id)
    if len(methods) != (0 if count == "no" else int(count)):
        raise Unmet(f"{count} cards on file", str([method.label for method in methods]))


def has_label(stage: Stage, who: Person, label: str) -> None:
    """A payment method by what it is called."""
    methods = stage.stand.parts.gateway.methods(who.id)
    if label not in [method.label for method in methods]:
        raise Unmet(f"{label} on file", str([method.label for method in methods]))


def has_default(stage: Stage, who: Person, label: str) -> None:
    methods = stage.stand.parts.gateway.methods(who.id)
    if [method.label for method in methods if method.default] != [label]:
        raise Unmet(f"{label} as default", str([(method.label, method.default) for method in methods]))


def come_back_in(stage: Stage, who: Person, count: str) -> None:
    """What the answer tells programs: 429 with `Retry-After`."""
    wait = who.window.headers.get("retry-after", "")
    if who.window.status != 429 or not wait.isdigit() or -(-int(wait) // 60) != int(count):
        raise Unmet(f"429, to be asked again in {count} minutes", f"{who.window.status}, in {wait or 'no'} seconds")


def billed_to(stage: Stage, who: Person, value: str, field: str) -> None:
    found = getattr(stage.customer(who).billing, field, None)
    if found != value:
        raise Unmet(f'{field} "{value}"', str(found))


def was_charged(stage: Stage, who: Person, total: str) -> None:
    """All in all, by the bank."""
    wanted, found = amount(total), stage.taken(who)
    if found != wanted.minor:
        charges = [(charge["amount"], charge["status"]) for charge in stage.charges(who)]
        raise Unmet(f"{total} to be charged", f"{found} in minor units: {charges}")


def was_charged_nothing(stage: Stage, who: Person) -> None:
    if stage.taken(who):
        raise Unmet("nothing to be charged", f"{stage.taken(who)} in minor units")


def was_never_asked(stage: Stage, who: Person) -> None:
    """The bank has never heard of them."""
    if charges := stage.charges(who):
        raise Unmet("no charge at the bank", str([(charge["amount"], charge["status"]) for charge in charges]))


def was_asked(stage: Stage, who: Person, count: str) -> None:
    charges = stage.charges(who)
    if len(charges) != int(count):
        raise Unmet(f"{count} charges at the bank", str([(charge["amount"], charge["status"]) for charge in charges]))


def got_mail(stage: Stage, who: Person, text: str) -> None:
    """In the subject or the body of the newest one to them."""
    words = stage.mailed(who)
    if text not in words:
        raise Unmet(f'a mail "{text}"', words[:300])


def got_no_mail(stage: Stage, who: Person) -> None:
    if any(f"{who.ref}@example.com" in mail for mail in stage.mails()):
        raise Unmet("no mail", f"{len(stage.mails())} in the mailbox")
