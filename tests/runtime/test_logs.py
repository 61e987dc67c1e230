"""What is logged says what happened and to what, and never who it was: who reads logs need not know customers."""

import json
import logging
import subprocess
import sys

from generator.rehearsal.visitor import Visitor
from generator.runtime.worker import Worker
from tests.support.journeys import BILLING, BROKE, DECLINED, GOOD, comes_to_payment, gives_card
from tests.support.town import ROOT

SECRET = [*(value for name, value in BILLING.items() if name != "country"), GOOD, DECLINED, BROKE, "Lovelace", "ada@"]


def test_nobody_is_named_by_what_is_logged(own_town, caplog):
    caplog.set_level(logging.DEBUG)
    town, visitor = own_town(), Visitor()
    ada = town.customer()
    gives_card(comes_to_payment(town, visitor, ada).submit(), DECLINED)
    visitor.submit()
    gives_card(visitor)
    visitor.open(f"{town.pages}/portal/invoices").open(f"{town.pages}/w/nowhere/payment")
    Visitor().open(f"{town.pages}/sign-in").submit("Mail me a code", email=BILLING["email"])
    Visitor().open(town.link(ada, "portal") + "x")
    waiting = town.parts.store.outbox(town.clock.now(), 99)
    (code,) = (mail.subject.split()[0] for mail in waiting if mail.about == "code")
    Worker(town.parts).round()
    ours = [record for record in caplog.records if record.name.startswith("generator.")]
    spoken = "\n".join(logging.Formatter("%(name)s %(message)s").format(record) for record in ours)

    assert "settled key=" in spoken
    token = town.link(ada, "portal").rpartition("/")[2]
    assert [word for word in (*SECRET, code, token) if word in spoken] == []


def said_by(written):
    """What a process says that logs so: something that happened, and a mistake of ours."""
    program = (
        "import logging; from generator.cli import logs; logs.begin(%r); log = logging.getLogger('generator.x')\n"
        "log.info('settled key=%%s', 'k-1')\n"
        "try: {}['a']\n"
        "except KeyError: log.exception('our-mistake case=%%s', 'c-1')"
    )
    command = [sys.executable, "-c", program % written]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stderr


def test_each_line_is_an_object_for_who_wants_it():
    first, second = (json.loads(line) for line in said_by("json").splitlines())

    assert {name: first[name] for name in ("level", "logger", "message")} == {
        "level": "INFO",
        "logger": "generator.x",
        "message": "settled key=k-1",
    }
    assert first["time"].endswith("+00:00")
    assert second["message"] == "our-mistake case=c-1"
    assert second["trace"].endswith("KeyError: 'a'")


def test_otherwise_it_is_a_line_in_utc():
    first = said_by("lines").splitlines()[0]

    assert first.partition(" ")[0].endswith("Z")
    assert first.endswith(" INFO generator.x settled key=k-1")
