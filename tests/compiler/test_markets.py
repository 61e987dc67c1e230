"""What the rules of a market ask for is told where it is not shown, and nowhere else."""

from dataclasses import replace

import pytest

from generator.compiler.build import site_of
from generator.compiler.checks import (
    hidden_way_out,
    missing_cancel_page,
    missing_document,
    missing_withdrawal,
    order_button,
    unnamed_seller,
)
from generator.model.page import Case, Slot, Text
from generator.model.site import Market, Seller
from generator.model.tax import EU
from tests.support.town import ROOT

CHECKS = (hidden_way_out, missing_cancel_page, missing_document, missing_withdrawal, unnamed_seller)
URLS = {key: f"https://acme.example/{key}" for key in ("terms", "privacy", "support", "cancel", "withdraw")}


@pytest.fixture(scope="module")
def site():
    site = site_of(ROOT / "workflows.yaml", "workflows.yaml")[0]
    return replace(site, seller=Seller("Acme SAS", "1 rue de la Paix, 75002 Paris"), urls=URLS)


def told(site, *markets):
    site = replace(site, markets=tuple(map(Market, markets)))
    return {problem.code for module in CHECKS for problem in module.check(site)}


def test_without_a_market_nothing_is_asked_for(site):
    assert told(replace(site, urls={}, seller=Seller(), workflows=())) == set()


@pytest.mark.parametrize("market", [*sorted(EU), "EU", "GB", "CH", "US", "JP"])
def test_a_definition_that_shows_everything_is_told_nothing(site, market):
    assert told(site, market) == set()


@pytest.mark.parametrize(
    ("market", "codes"),
    [
        ("DE", {"missing-cancel-page", "missing-document", "missing-withdrawal", "unnamed-seller"}),
        ("FR", {"missing-document", "missing-withdrawal", "unnamed-seller"}),
        ("AT", {"missing-document", "missing-withdrawal", "unnamed-seller"}),
        ("EU", {"missing-cancel-page", "missing-document", "missing-withdrawal", "unnamed-seller"}),
        ("GB", {"missing-document", "unnamed-seller"}),
        ("US", set()),
    ],
)
def test_each_market_asks_for_its_own(site, market, codes):
    assert told(replace(site, urls={}, seller=Seller()), market) == codes


def test_a_way_out_of_more_than_three_clicks_is_told_in_france_and_in_germany(site):
    out = site.workflow("terminate_subscription")
    more = replace(out, steps=(replace(out.steps[0], id="wait"), *out.steps))
    longer = replace(site, workflows=tuple(more if flow is out else flow for flow in site.workflows))

    assert told(longer, "AT") == set()
    assert told(longer, "FR") == told(longer, "DE") == {"hidden-way-out"}


def pay(words, language="de"):
    """A page with a button, as a theme bakes it: words for each case."""
    inside = Case(("case",), "", tuple((case, (Text(said),)) for case, said in words.items()), ())
    around = Case(("any_way",), "flag", (("true", (Text('<button class="primary">'), inside, Text("</button>"))),), ())
    return {(language, "subscribe_to_plan.payment.html"): (Text("<main>"), around, Text("</main>"))}


@pytest.mark.parametrize(
    ("language", "words", "good"),
    [
        ("de", "Zahlungspflichtig bestellen", True),
        ("de", "Jetzt kaufen", True),
        ("de", "Mit Kreditkarte bezahlen", False),
        ("de", "Bestellen", False),
        ("en", "Order with obligation to pay", True),
        ("en", "Buy now", True),
        ("en", "Confirm", False),
        ("en", "Start your trial", False),
        ("fr", "Commander avec obligation de paiement", True),
        ("fr", "Valider", False),
        ("ja", "注文する", False),
        ("it", "Acquista ora", True),
        ("it", "Ordina", False),
        ("nl", "Bestellen en betalen", True),
        ("nl", "Bestelling plaatsen", False),
        ("pl", "Zamów i zapłać", True),
        ("pl", "Zamów", False),
        ("pt", "Comprar", True),
        ("pt", "Finalizar pedido", False),
        *((language, words, True) for language, words in order_button.DIRECTIVE.items()),
    ],
)
def test_the_last_button_says_that_it_costs(site, language, words, good):
    flow = site.workflow("subscribe_to_plan")
    market = replace(site, markets=(Market("DE"),), languages=(language,), workflows=(flow,))
    pages = pay(dict.fromkeys(("register_method", "pay_later", "pay_now"), words) | {"free": "Start"}, language)

    assert [problem.code for problem in order_button.check(market, pages)] == ([] if good else ["order-button"])
    assert list(order_button.check(replace(market, markets=(Market("US"),)), pages)) == []


def test_who_is_told_so_is_told_the_words_of_the_directive_in_their_language(site):
    flow = site.workflow("subscribe_to_plan")
    market = replace(site, markets=(Market("EU"),), languages=("pl",), workflows=(flow,))

    (problem,) = order_button.check(market, pay(dict.fromkeys(order_button.BINDING, "Zamów"), "pl"))

    assert "zamówienie z obowiązkiem zapłaty" in problem.hint


def test_every_case_that_binds_is_read_and_a_page_without_a_button_is_told(site):
    market = replace(site, markets=(Market("DE"),), languages=("en",), workflows=(site.workflow("subscribe_to_plan"),))
    good = dict.fromkeys(("register_method", "pay_later", "pay_now"), "Order and pay")

    for case in good:
        (problem,) = order_button.check(market, pay(good | {case: "Go on"}, "en"))
        assert '"Go on"' in problem.says
    assert len(list(order_button.check(market, {("en", "subscribe_to_plan.payment.html"): (Slot(("a",), ""),)}))) == 1
