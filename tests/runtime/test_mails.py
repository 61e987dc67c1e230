"""A mail for every workflow and every section: in the customer's language, with a link that opens what it says."""

from email.headerregistry import Address

import pytest

from generator.model.pages import LINK_MAILS
from generator.rehearsal.stage import KNOWN
from generator.rehearsal.visitor import Visitor
from generator.runtime.ways_in import Unlinkable, WaysIn
from tests.support.town import NOTHING_KNOWN


@pytest.mark.parametrize("language", ["en", "fr"])
def test_everything_that_makes_sense_can_be_mailed_and_opens_from_the_mail(own_town, language):
    town = own_town()
    ada = town.customer(KNOWN, terms_days=30, language=language)
    town.subscribes(ada, "team")
    held = town.subscribes(ada, "studio")
    town.ledger.suspend(held.id, "suspended_agent")
    town.ledger.prepare(ada.id, town.ledger.plan("studio"), {})
    ways = WaysIn(town.parts)

    listed = {way.to: way for way in ways.applying(ada)}
    subjects = set()
    for way in listed.values():
        ways.mail(ada, ways.link(ada, way.to, way.subject))
    for mail in town.parts.store.outbox(town.clock.now(), 99):
        assert (Address(addr_spec=mail.to).addr_spec, mail.language) == ("ada@example.com", language)
        (link,) = {line for line in mail.text.splitlines() if line.startswith(town.pages)}
        assert link in mail.html
        assert Visitor().open(link).status == 200
        subjects.add(mail.subject)
    assert len(subjects) == len(listed) >= len(LINK_MAILS) - 1


def test_who_has_no_address_gets_no_mail(town):
    ways, nobody = WaysIn(town.parts), town.customer(NOTHING_KNOWN)

    with pytest.raises(Unlinkable):
        ways.mail(nobody, ways.link(nobody, "portal"))
