"""Nothing that a customer may see is missing in the gallery: every page, every state that has a name, every notice."""

from typing import get_args

import pytest

from generator.compiler.bake.orders import orders
from generator.compiler.build import priced, site_of
from generator.gallery.collection import collect
from generator.gallery.exhibit import NAMED
from generator.model.invoice import InvoiceState
from generator.model.pages import NOTICES
from generator.model.payment import DeclineReason
from generator.model.subscription import SubscriptionState
from generator.model.workflow import Outcome, PaymentCase
from tests.support.town import PRICES, ROOT

DEFINITIONS = {
    "shipped": ROOT / "workflows.yaml",
    "demo": ROOT / "examples" / "demo" / "workflows.yaml",
    "acme": ROOT / "examples" / "acme" / "workflows.yaml",
    "starter": ROOT / "examples" / "starter" / "workflows.yaml",
}


@pytest.fixture(scope="module", params=DEFINITIONS)
def hung(request):
    """A site, and what hangs of it."""
    file = DEFINITIONS[request.param]
    site, problems = site_of(file, file.name)
    assert site is not None, problems
    catalog = file.with_name("catalog.yaml")
    prices = priced(catalog, "catalog.yaml").prices if catalog.exists() else PRICES
    return site, collect(site, prices)


def silent(site):
    """The pages of steps that nobody is ever shown: they only hold what links give."""
    return {f"{step.page}.html" for workflow in site.workflows for step in workflow.steps if step.silent}


def states(collection, page):
    return {one.state for one in collection.exhibits if one.page == page}


def test_every_page_is_in_the_gallery(hung):
    site, collection = hung
    shown = {page for one in collection.exhibits for page in (one.page, *one.beside)}

    assert {order.name for order in orders(site)} - silent(site) == shown


def test_every_named_state_is_in_the_gallery(hung):
    _, collection = hung

    assert set(NAMED) <= {one.state for one in collection.exhibits}


def test_every_path_that_is_shown_is_walked_by_somebody_to_its_end(hung):
    site, collection = hung

    for workflow in site.workflows:
        strips = collection.strips[workflow.id]
        assert strips, workflow.id
        assert all(strip.exhibits[-1].page == "walk.done.html" for strip in strips)
        steps = {step.page for step in workflow.steps if not step.silent}
        assert steps <= {one.page.removesuffix(".html") for strip in strips for one in strip.exhibits}


def test_every_exhibit_has_a_name_of_its_own(hung):
    _, collection = hung
    ids = [one.id for one in collection.exhibits]

    assert len(ids) == len(set(ids))
    assert all(one.says and one.says == one.says.strip(". ") for one in collection.exhibits)


def test_every_state_of_a_subscription_and_of_an_invoice_is_shown(hung):
    _, collection = hung
    one, more = states(collection, "portal.subscriptions.one.html"), states(collection, "portal.invoices.one.html")
    called = {"active_delayed_upgrade": "scheduled-change", "suspended_agent": "suspended"}
    never = {"deleted", "draft_delayed_upgrade"}

    assert {called.get(state, state.replace("_", "-")) for state in set(get_args(SubscriptionState)) - never} <= one
    assert {"filled" if state == "paid" else state.replace("_", "-") for state in get_args(InvoiceState)} <= more


def test_every_notice_every_decline_every_case_and_every_outcome_is_shown(hung):
    _, collection = hung
    declined = {one.state for one in collection.exhibits if one.state.startswith("declined")}
    done = states(collection, "walk.done.html")
    cases = {strip.says.split(",")[0].replace(" ", "_") for strips in collection.strips.values() for strip in strips}

    assert all(states(collection, f"notice.{name}.html") for name in NOTICES)
    assert {f"declined-{reason.replace('_', '-')}" for reason in get_args(DeclineReason)[1:]} | {"declined"} == declined
    assert set(get_args(PaymentCase)) <= cases
    assert all(any(state.endswith(f"-{outcome}") for state in done) for outcome in get_args(Outcome))
