"""What was issued is one file for ever: for people as a page, for machines within it, and kept as it was."""

import io
import logging
import re
from dataclasses import replace

import pypdf
import pytest
from facturx import get_xml_from_pdf
from lxml import etree

from generator.adapters.nopaper import NoPaper
from generator.bundle import folder
from generator.compiler.build import build
from generator.model.money import Money
from generator.rehearsal.stage import KNOWN
from generator.runtime.filed import Filing, Papers
from generator.runtime.worker import Worker
from tests.adapters.test_facturx import broken
from tests.browser.screens import ARABIC, GERMAN

FILE = "factur-x.xml"


def root(data):
    return pypdf.PdfReader(io.BytesIO(data)).trailer["/Root"]


def within(data):
    """The file within, as pypdf finds it, with how it is related to the page."""
    (one,) = root(data)["/AF"]
    said = one.get_object()
    return said["/F"], said["/AFRelationship"], said["/EF"]["/F"].get_object().get_data()


def metadata(data):
    return etree.fromstring(re.sub(rb"<\?xpacket.*?\?>", b"", root(data)["/Metadata"].get_object().get_data()))


def issued(town, billing=KNOWN, plan="studio", **more):
    customer = town.customer(billing, **more)
    town.subscribes(customer, plan)
    (invoice,) = town.ledger.invoices(customer.id)
    return invoice


def test_the_same_invoice_lies_within_for_machines_and_breaks_no_rule(town):
    invoice = issued(town, plan="business")
    data = Papers(town.parts).invoice(invoice)

    name, relationship, file = within(data)
    assert (name, relationship) == (FILE, "/Alternative")
    assert get_xml_from_pdf(data) == (FILE, file), "the library of the standard finds it, too"
    assert broken(file) == []
    assert b"418.80" in file
    assert invoice.number.encode() in file


def test_the_metadata_say_that_it_may_be_kept_for_decades_and_what_lies_within(town):
    said = metadata(Papers(town.parts).invoice(issued(town)))
    names = {"pdfaid": "http://www.aiim.org/pdfa/ns/id/", "fx": "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"}
    names["rdf"] = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

    assert len(said.findall("rdf:RDF", names)) == 1
    (part,) = said.xpath("//@pdfaid:part", namespaces=names)
    (conformance,) = said.xpath("//@pdfaid:conformance", namespaces=names)
    assert (part, conformance) == ("3", "U")
    claimed = {element.tag.partition("}")[2]: element.text for element in said.xpath("//fx:*", namespaces=names)}
    assert claimed == {
        "DocumentType": "INVOICE",
        "DocumentFileName": FILE,
        "Version": "1.0",
        "ConformanceLevel": "EN 16931",
    }


def test_it_is_tagged_and_every_font_lies_in_it(town):
    data = Papers(town.parts).invoice(issued(town, ARABIC))
    document = root(data)

    assert (document["/MarkInfo"]["/Marked"], document["/Lang"]) == (True, "en")
    assert "/StructTreeRoot" in document
    (intent,) = document["/OutputIntents"]
    assert intent["/S"] == "/GTS_PDFA1"
    for page in pypdf.PdfReader(io.BytesIO(data)).pages:
        for font in page["/Resources"]["/Font"].values():
            below = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            assert "/FontFile2" in below or "/FontFile3" in below


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """Pages of a merchant who speaks languages of four scripts."""
    home = tmp_path_factory.mktemp("many")
    file = home / "workflows.yaml"
    seller = "{legal_name: Lumen SAS, address: Paris, vat_number: FR40303265045, country: FR}"
    says = f"version: 1\nextends: default\nsite:\n  name: Lumen\n  languages: [en, ar, ja, pl]\n  seller: {seller}\n"
    file.write_text(says, encoding="utf-8")
    made = build(file, "workflows.yaml")
    assert made.bundle is not None, made.problems
    folder.write(made.bundle, home / "build")
    return home / "build"


@pytest.mark.parametrize(
    ("language", "word"), [("ar", "الفاتورة"), ("ja", "請求書"), ("pl", "Faktura"), ("en", "Invoice")]
)
def test_it_says_its_language_and_is_made_in_every_script(own_town, many, language, word):
    town = own_town(build=many)
    data = Papers(town.parts).invoice(issued(town, language=language))

    assert root(data)["/Lang"] == language
    title = re.sub("[\u2066-\u2069]", "", pypdf.PdfReader(io.BytesIO(data)).metadata.title)
    assert word in title
    assert broken(within(data)[2]) == []


def test_it_is_made_once_whatever_becomes_of_the_invoice_the_theme_or_the_customer(own_town, many):
    town = own_town()
    invoice = issued(town, GERMAN, terms_days=30)
    first = Papers(town.parts).invoice(invoice)
    town.ledger.put_customer("somebody", "fr", GERMAN, 0, frozenset())
    paid = town.ledger.receive(invoice.id, invoice.issued, "")
    town.ledger.refund(invoice.id, Money(100, "EUR"), "transfer", "sorry", "k")
    other = replace(town.parts, library=type(town.parts.library)(many))

    assert Papers(other).invoice(paid) == first
    assert Papers(town.parts).invoice(replace(paid, number="INV-999999")) != first


def test_a_refund_makes_a_paper_of_its_own(town):
    invoice = issued(town)
    town.ledger.refund(invoice.id, Money(2000, "EUR"), "transfer", "A week was lost.", f"back-{invoice.id}")
    (note,) = town.ledger.credit_notes(invoice.customer)
    name, _, file = within(Papers(town.parts).credit_note(note))

    assert name == FILE
    assert b"<ram:TypeCode>381</ram:TypeCode>" in file
    assert broken(file) == []


def test_what_was_issued_is_printed_before_anybody_asks(own_town):
    town = own_town()
    invoice = issued(town)
    Worker(town.parts).round()
    filing = Filing(town.parts)
    while filing.look(20):
        pass

    assert town.parts.store.paper(invoice.number) is not None


def test_a_customer_of_whom_too_little_is_known_gets_a_paper_and_the_operator_hears_of_it(own_town, caplog):
    town = own_town()
    invoice = issued(town, replace(KNOWN, country=""))
    with caplog.at_level(logging.WARNING):
        data = Papers(town.parts).invoice(invoice)

    assert data.startswith(b"%PDF")
    assert "/AF" not in root(data)
    assert town.parts.store.papers_that_lack(9) == ((invoice.number, "customer.country"),)
    assert f"not-for-machines paper={invoice.number} lacks=customer.country" in caplog.messages


def test_where_nothing_can_be_printed_it_is_printed_later(own_town):
    town = own_town()
    invoice = issued(town)
    Worker(town.parts).round()
    nowhere = Worker(replace(town.parts, printer=NoPaper("no Pango")))

    assert nowhere.papers() == 0
    assert town.parts.store.paper(invoice.number) is None
    assert Papers(town.parts).invoice(invoice).startswith(b"%PDF")


def test_a_file_that_somebody_changed_is_not_handed_out(own_town, tmp_path):
    town = own_town()
    invoice = issued(town)
    Papers(town.parts).invoice(invoice)
    with town.ledger._database.write() as connection:
        connection.exec_driver_sql("UPDATE papers SET file = x'25504446'")

    with pytest.raises(ValueError, match="not the one that was kept"):
        Papers(town.parts).invoice(invoice)
