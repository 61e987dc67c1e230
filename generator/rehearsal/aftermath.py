"""How things stand when a walk is over: before each customer's eyes, in the books, at the bank and in the mail."""

import re
from collections.abc import Iterable, Iterator
from email import message_from_string, policy
from urllib.parse import parse_qs, urlsplit

from generator.model.invoice import Invoice
from generator.model.money import Money
from generator.rehearsal.stage import Person, Stage, said
from generator.seal import result

IDS = ("idc", "idsub")
"""Parameters of a redirect whose values are made anew in each world."""


def told(stage: Stage) -> Iterator[str]:
    """A few lines for each person, in the order in which they came on the stage; the same for the same walk."""
    for name, person in stage.people.items():
        yield name
        yield f"  is at {_place(stage, person)}"
        yield f"  subscriptions {_some(f'{one.plan.ref} {one.state}' for one in stage.subscriptions(person))}"
        if paid := stage.stand.ledger.paid_for(person.id):
            yield f"  pays for {_some(f'{one.plan.ref} {one.state}' for one in paid)}"
        yield f"  invoices {_some(f'{one.number} {said(one.total)} {one.state}' for one in _invoices(stage, person))}"
        if notes := stage.stand.ledger.credit_notes(person.id):
            yield f"  credit notes {_some(f'{one.number} {said(one.total)} {one.back}' for one in reversed(notes))}"
        yield f"  bank {_some(_charge(charge) for charge in stage.charges(person))}"
        yield f"  mail {_some(_subjects(stage, person))}"


def _some(things: Iterable[str]) -> str:
    return "; ".join(things) or "nothing"


def _place(stage: Stage, person: Person) -> str:
    """The page by its heading and status, or the redirect target by its name and what it was told."""
    window = person.window
    if window.status:
        return f'"{window.title}" ({window.status})'
    if not window.url:
        return "no page"
    targets = stage.stand.parts.library.current.site.redirects.targets
    names = [name for name, target in targets.items() if window.url.startswith(target.url)]
    given = {name: values[0] for name, values in parse_qs(urlsplit(window.url).query).items()}
    signed = result.verify(given.pop("result", ""), stage.stand.parts.results, stage.stand.clock.now())
    said = ", ".join(name if name in IDS else f"{name}={value}" for name, value in sorted(given.items()))
    return f"the target {names[0] if names else 'of nobody'} with {said}{'' if signed == given else ', not signed'}"


def _invoices(stage: Stage, person: Person) -> Iterable[Invoice]:
    return reversed(stage.stand.ledger.invoices(person.id))


def _charge(charge: dict[str, object]) -> str:
    """What was asked of the bank, and what came of it; a method that was only registered cost nothing."""
    amount = Money(int(str(charge["amount"] or 0)), str(charge["currency"] or "EUR"))
    back = Money(int(str(charge["given_back"])), amount.currency)
    return f"{said(amount)} {charge['reason'] or charge['status']}{f', {said(back)} given back' if back else ''}"


def _subjects(stage: Stage, person: Person) -> Iterator[str]:
    """Of the mails that went out, and of those that are about to."""
    to = f"{person.ref}@example.com"
    for mail in stage.mails():
        message = message_from_string(mail, policy=policy.default)
        if to in str(message["To"]):
            yield _same_each_time(str(message["Subject"]))
    for waiting in stage.stand.parts.store.outbox(stage.stand.clock.now(), 100):
        if waiting.to == to:
            yield _same_each_time(waiting.subject)


def _same_each_time(subject: str) -> str:
    """A code to sign in by is another one whenever a walk is played."""
    return f'"{re.sub(r"^[0-9]{6} ", "###### ", subject)}"'
