"""A link gives values to hidden and locked fields, and to no others."""

import pytest

from generator.bundle import folder
from generator.compiler.build import build
from generator.model.customer import BillingInfo
from generator.model.walk import Subject
from generator.rehearsal.stand import stand
from generator.runtime import links
from generator.runtime.ways_in import Unfit, Unlinkable, WaysIn
from tests.support.town import PRICES, ROOT

STUDIO = Subject(plan="studio")


@pytest.fixture(scope="module")
def acme(tmp_path_factory):
    made = tmp_path_factory.mktemp("acme")
    folder.write(build(ROOT / "examples" / "acme" / "workflows.yaml", "workflows.yaml").bundle, made)
    with stand(made, PRICES) as world:
        yield world


@pytest.fixture
def ada(acme):
    return acme.ledger.put_customer("ada", "en", BillingInfo(), 0, frozenset())


def test_what_a_link_gives_is_sealed_in_it(acme, ada):
    given = {"source.campaign": "été, 50 %", "source.seats_sold": "12"}
    made = WaysIn(acme.parts).link(ada, "subscribe_to_plan", STUDIO, given=given)

    assert links.said(made.says()).given == given
    assert "campaign" not in WaysIn(acme.parts).address(made)


@pytest.mark.parametrize("name", ["kickoff.phone", "source.unknown", "summary.terms"])
def test_only_what_customers_cannot_change_is_given(acme, ada, name):
    with pytest.raises(Unlinkable) as refused:
        WaysIn(acme.parts).link(ada, "subscribe_to_plan", STUDIO, given={name: "1"})
    assert "source.campaign" in refused.value.known


@pytest.mark.parametrize("given", [{"source.seats_sold": "many"}, {"source.campaign": "x" * 201}])
def test_what_does_not_fit_is_refused_when_the_link_is_made(acme, ada, given):
    with pytest.raises(Unfit):
        WaysIn(acme.parts).link(ada, "subscribe_to_plan", STUDIO, given=given)


def test_a_portal_link_takes_nothing(acme, ada):
    with pytest.raises(Unlinkable):
        WaysIn(acme.parts).link(ada, "portal", given={"source.campaign": "spring"})
