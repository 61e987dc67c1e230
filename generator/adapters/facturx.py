"""An invoice as machines read it: Factur-X, which is EN 16931 as a Cross Industry Invoice, checked against its schema.

The library knows the standard's terms by their numbers (https://ec.europa.eu/digital-building-blocks, EN 16931-1).
"""

import logging
from typing import Any

from facturx import xml_check_xsd
from facturx.generate_xml import generate_cii_xml
from lxml import etree

from generator.locale.money import digits, figures
from generator.model.bill import Bill, BillLine
from generator.model.customer import BillingInfo
from generator.model.money import Money
from generator.model.site import Seller

NAME = "factur-x.xml"
"""What the file is called within the PDF: the standard says so."""

EACH = "C62"
"""One of something that has no unit (UN/ECE recommendation 20)."""

NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"

UNTAXED = {
    "reverse_charge": ("AE", "Reverse charge", "VATEX-EU-AE"),
    "outside": ("O", "Not subject to VAT", "VATEX-EU-O"),
}
"""The category of the tax that is not charged, why, and the code of that reason."""

PREFIXES = {"GR": "EL"}
"""How VAT numbers of a country begin, where they do not with its code."""

logging.getLogger("factur-x").setLevel(logging.ERROR)


def xml(bill: Bill) -> bytes:
    """The same bill is the same bytes. Raises `ValueError` where something is lacking that it has to say."""
    if bill.lacks:
        raise ValueError(f"{bill.number} lacks {', '.join(bill.lacks)}")
    made = etree.fromstring(generate_cii_xml(_terms(bill), level="en16931", check_xsd=False, check_schematron=None))
    for element in made.iter():
        element.attrib.pop(NIL, None)  # the library calls an empty delivery `nil`, which the schema does not allow
    written: bytes = etree.tostring(made, xml_declaration=True, encoding="UTF-8")
    xml_check_xsd(written, flavor="factur-x", level="en16931")
    return written


def _terms(bill: Bill) -> dict[str, Any]:
    """By their numbers in the standard; what is not said is left out."""
    category, why, code = UNTAXED.get(bill.note, ("S", "", ""))
    rate = {} if category == "O" else {"BT-152": f"{bill.rate / 100:.2f}"}
    paid = bill.total if bill.paid else Money.zero(bill.total.currency)
    said: dict[str, Any] = {
        "BT-1": bill.number,
        "BT-2": bill.issued,
        "BT-3": "380" if bill.kind == "invoice" else "381",
        "BT-5": bill.total.currency,
        "BT-9": bill.due,
        "BG-4": _seller(bill.seller, numbered=category != "O"),
        "BG-7": _buyer(bill.buyer, numbered=category != "O"),
        "BG-25": [_line(number, line, category) | rate for number, line in enumerate(bill.lines, 1)],
        "BG-23": [
            {
                "BT-116": _amount(bill.net),
                "BT-117": _amount(bill.tax),
                "BT-118": category,
                **({"BT-119": f"{bill.rate / 100:.2f}"} if category != "O" else {}),
                **({"BT-120": why, "BT-121": code} if why else {}),
            }
        ],
        "BT-106": _amount(bill.net),
        "BT-109": _amount(bill.net),
        "BT-110": _amount(bill.tax),
        "BT-112": _amount(bill.total),
        "BT-113": _amount(paid),
        "BT-115": _amount(bill.total - paid),
    }
    if bill.kind == "credit_note":
        said["BG-3"] = [{"BT-25": bill.credits}]
    if bill.account is not None:
        said |= {"BT-81": "58" if bill.total.currency == "EUR" else "30", "BT-84": bill.account.iban}
        said |= {"BT-83": bill.number, **({"BT-85": bill.account.holder} if bill.account.holder else {})}
    return {term: value for term, value in said.items() if value is not None}


def _line(number: int, line: BillLine, category: str) -> dict[str, Any]:
    """A price is never below zero: what takes something off counts its units so."""
    down = -1 if line.net.minor < 0 else 1
    return {
        "BT-126": str(number),
        "BT-153": line.name,
        "BT-129": str(down * line.quantity),
        "BT-130": EACH,
        "BT-131": _amount(line.net),
        "BT-146": _amount(Money(abs(line.net.minor), line.net.currency)),
        "BT-149": str(line.quantity),
        "BT-151": category,
    }


def _seller(seller: Seller, numbered: bool) -> dict[str, Any]:
    """Its address stands in the definition as one line."""
    said = {"name": seller.legal_name, "country_code": seller.country, "addr_l1": seller.address}
    said |= {"legal_identifier": seller.registration}
    said |= {"vat_identifier": _prefixed(seller.vat_number, seller.country)} if numbered else {}
    return {name: value for name, value in said.items() if value}


def _buyer(buyer: BillingInfo, numbered: bool) -> dict[str, Any]:
    said = {
        "name": buyer.company or buyer.name,
        "country_code": buyer.country,
        "addr_l1": buyer.address_line1,
        "addr_l2": buyer.address_line2,
        "postcode": buyer.postal_code,
        "city": buyer.city,
    }
    said |= {"vat_identifier": _prefixed(buyer.vat_number, buyer.country)} if numbered and buyer.vat_number else {}
    return {name: value for name, value in said.items() if value}


def _prefixed(number: str, country: str) -> str:
    compact = "".join(letter for letter in number.upper() if letter.isalnum())
    prefix = PREFIXES.get(country, country)
    return compact if compact.startswith(prefix) else f"{prefix}{compact}"


def _amount(money: Money) -> str:
    """In whole units with a point. Raises `ValueError`: EN 16931 knows two places at most."""
    if digits(money.currency) > 2:
        raise ValueError(f"{money.currency} has more than two places behind the point")
    return figures(money)
