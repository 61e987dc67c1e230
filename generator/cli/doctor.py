"""`hosted-pages doctor`: what is wrong with settings, database and books, and what to do about it."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import groupby
from operator import attrgetter
from urllib.parse import urlsplit

import click

from generator import wiring
from generator.adapters.sql import schema
from generator.bundle.folder import NotABundle
from generator.model.finding import Finding
from generator.ports.audited import Audited
from generator.ports.messenger import Mute
from generator.ports.trouble import Unavailable
from generator.runtime.parts import Parts
from generator.seal.keys import HOW_TO_MAKE

FORMAT = 1
"""The number of the JSON's form."""

MOST = 20
"""How many of one kind are told to people; JSON has them all."""

_ASIDE = {
    "unknown": "it is about a charge of ours that is not in this database",
    "other_version": "it speaks another version of the gateway's API than this program",
    "other_mode": "it is about trial money and ours is real, or the other way round",
}
_ASIDE_DO = (
    "look which of the gateway's webhooks leads here, and whether the database is the right one; nothing was done"
)

LOCAL = ("127.0.0.1", "localhost", "::1")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs: every finding, and nothing left out.")
def doctor(as_json: bool) -> int:
    """Look through settings, database and books: what is wrong, where, and what to do. Nothing is changed.

    Sums, taxes, numbers, charges and their intents, states and days, and what nobody has done for too long: terms that
    should have been renewed, payments that nobody asks about, mails that do not go out.

    Exit code 0: nothing is wrong; 1: something is.
    """
    findings = tuple(_all())
    if as_json:
        told = {"format": FORMAT, "findings": [asdict(finding) for finding in findings]}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        for line in _told(findings):
            click.echo(line)
        click.echo(_counted(findings), err=True)
    return int(bool(findings))


def _all() -> Iterator[Finding]:
    """What stands in the way of looking further is told alone."""
    try:
        settings = wiring.settings()
        yield from _address(settings.base_url)
        schema.check_version(wiring.database(settings))
        parts: Parts = wiring.parts(settings)
    except NotABundle as fault:
        yield Finding("pages-missing", "the pages", str(fault), "make them: `hosted-pages build`")
        return
    except (schema.WrongSchema, ValueError) as fault:
        yield Finding("database-wrong", "the database", str(fault), "do what it says, and look again")
        return
    except Unavailable as fault:
        do = "look whether the database runs, and whether HOSTED_PAGES_DATABASE_URL leads to it"
        yield Finding("database-unreachable", "the database", str(fault), do)
        return
    except wiring.Unset as unset:
        yield Finding("setting-missing", "the environment", str(unset), "set it for the server and the worker alike")
        return
    yield from _of(parts)


def _address(base_url: str) -> Iterator[Finding]:
    address = urlsplit(base_url)
    if address.scheme != "https" and address.hostname not in LOCAL:
        says = f"customers reach the pages at {base_url}, where anybody on the way can read along"
        do = "serve behind a proxy that ends TLS, and write https in HOSTED_PAGES_BASE_URL"
        yield Finding("address-not-encrypted", "the environment", says, do)


def _of(parts: Parts) -> Iterator[Finding]:
    try:
        parts.gateway.answers()
    except Unavailable as fault:
        do = "look whether the gateway runs, and whether its settings lead to it"
        yield Finding("gateway-unreachable", "the gateway", str(fault), do)
    for endpoint in parts.store.endpoints():
        if endpoint.off:
            do = f"when that is mended: `hosted-pages webhooks on {endpoint.name}`; what it missed: `webhooks replay`"
            yield Finding("endpoint-off", endpoint.name, f"it is told nothing any more: {endpoint.off}", do)
        elif isinstance(parts.messenger, Mute):
            do = f"set HOSTED_PAGES_WEBHOOK_KEYS; make a key with: {HOW_TO_MAKE}"
            yield Finding("endpoint-not-told", endpoint.name, "there is no key to sign what it is to be told", do)
    for hint in parts.store.aside(MOST):
        yield Finding("hint-set-aside", f"{hint.kind} {hint.id}", _ASIDE[hint.aside], _ASIDE_DO)
    for number, lacks in parts.store.papers_that_lack(MOST):
        do = "say it in the definition, or to the API for the customer: papers that are made from then on have it"
        yield Finding("paper-not-for-machines", number, f"it is a PDF without Factur-X, for want of {lacks}", do)
    if isinstance(parts.biller, Audited):
        yield from parts.biller.waiting()
        yield from parts.biller.audit()


def _told(findings: Iterable[Finding]) -> Iterator[str]:
    """What is of one kind stands together, with what to do about it said once."""
    kind = attrgetter("code", "do")
    for (code, do), group in groupby(sorted(findings, key=kind), kind):
        same = list(group)
        yield f"[{code}] {do}"
        yield from (f"  {finding.where}: {finding.says}" for finding in same[:MOST])
        if len(same) > MOST:
            yield f"  … and {len(same) - MOST} more; --json has them all"


def _counted(findings: Iterable[Finding]) -> str:
    counted = Counter(finding.code for finding in findings)
    if not counted:
        return "nothing is wrong"
    return f"{counted.total()} found: {', '.join(f'{count} {code}' for code, count in counted.items())}"
