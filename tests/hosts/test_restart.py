"""PostgreSQL is restarted, or falls, while a customer walks: a page says so, and they go on and pay once."""

import shutil
import signal

import pytest
import urllib3

from generator.rehearsal.visitor import Visitor
from tests.support.journeys import BILLING, gives_card, said
from tests.support.postgresql import FAST, Server, folder
from tests.support.town import town as opened

LASTING = {**FAST, "synchronous_commit": "on"}
"""What it has confirmed is there when it comes back."""


@pytest.fixture
def server():
    home = folder()
    own = Server(home, LASTING)
    own.make()
    own.start()
    yield own
    own.stop()
    shutil.rmtree(home, ignore_errors=True)


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGQUIT], ids=["restarted", "fallen"])
def test_whoever_walks_meanwhile_is_told_and_goes_on(server, square, tmp_path, by):
    with opened(tmp_path, square, url=server.url()) as town:
        ada, visitor = town.customer(), Visitor()
        link = town.link(ada, "subscribe_to_plan", "studio")
        visitor.open(link)
        server.stop(by)
        visitor.submit(**BILLING)
        assert visitor.status == 503
        server.start()

        visitor.open(link).submit(**BILLING).submit(terms="true").submit()
        server.stop(by)
        gives_card(visitor)
        assert visitor.status == 503
        back = visitor.url
        server.start()

        visitor.open(back)
        assert said(visitor).get("outcome") == "paid" or visitor.title == "Thank you, it is paid"
        charges = urllib3.request("GET", f"{town.bank}/api/charges").json()["charges"]
        assert [charge["amount"] for charge in charges if charge["status"] == "paid"] == [5880]
        assert len(town.ledger.subscriptions(ada.id)) == 1
        assert town.ledger.audit() == ()
