"""An invoice as PDF: a document that its customer, and nobody else, can file."""

import io
import re
import subprocess
from dataclasses import replace

import pypdf
import pytest
from PIL import Image

from generator import wiring
from generator.adapters.nopaper import NoPaper
from generator.adapters.paper import OurOwn, Paper
from generator.model.money import Money
from generator.rehearsal.stage import KNOWN
from generator.rehearsal.visitor import Visitor
from tests.browser.screens import ARABIC, GERMAN


class Reader(Visitor):
    """A browser that keeps a file as it came."""

    def pdf(self, address):
        with self._opener.open(address) as response:
            return response.status, dict(response.headers.items()), response.read()


def billed(town, billing=KNOWN, terms_days=0, language="en", plan="business"):
    customer = town.customer(billing, terms_days, language)
    town.subscribes(customer, plan)
    (invoice,) = town.ledger.invoices(customer.id)
    reader = Reader().open(town.link(customer, "portal"))
    return invoice, reader.pdf(f"{town.pages}/portal/invoices/{invoice.number}/pdf")


def words(data):
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    return " ".join(re.sub("[\u2066-\u2069]", "", page.extract_text()) for page in pages)


def test_this_machine_prints():
    assert isinstance(wiring.paper(), Paper)


def test_an_invoice_says_all_that_an_invoice_says(town):
    invoice, (status, headers, data) = billed(town)
    text = words(data)

    assert (status, headers["Content-Type"], headers["Cache-Control"]) == (200, "application/pdf", "no-store")
    assert headers["Content-Disposition"] == f'inline; filename="{invoice.number}.pdf"'
    for said in (
        *("Invoice", invoice.number, "Lumen Software SAS", "12 rue des Lilas", "FR40303265045"),
        *("Ada Lovelace", "LONDON", "SW1Y 4JH", "United Kingdom", "November 22, 2026"),
        *("Business", "€99.00", "Set-up", "€250.00", "VAT 20%", "€69.80", "€418.80", "Paid"),
    ):
        assert said in text, f"{said} is not in: {text}"
    title = re.sub("[\u2066-\u2069]", "", pypdf.PdfReader(io.BytesIO(data)).metadata.title)
    assert title == f"Invoice {invoice.number} · Lumen"


def test_what_is_to_be_paid_says_until_when_and_with_which_reference(town):
    invoice, (_, _, data) = billed(town, GERMAN, terms_days=30)
    text = words(data)

    assert f"Please pay €418.80 by December 22, 2026. Write {invoice.number} as the reference" in " ".join(text.split())
    assert "DE136695976" in text
    assert "Paid" not in text


def test_a_credit_note_says_of_which_invoice_it_is_and_a_statement_what_is_owed(town):
    customer = town.customer(KNOWN)
    town.subscribes(customer, "studio")
    (invoice,) = town.ledger.invoices(customer.id)
    town.ledger.refund(invoice.id, Money(2000, "EUR"), "transfer", "A week was lost.", f"back-{invoice.id}")
    (note,) = town.ledger.credit_notes(customer.id)
    reader = Reader().open(town.link(customer, "portal"))

    status, headers, data = reader.pdf(f"{town.pages}/portal/invoices/{note.number}/pdf")
    text = words(data)
    assert (status, headers["Content-Disposition"]) == (200, f'inline; filename="{note.number}.pdf"')
    for said in (
        "Credit note",
        note.number,
        invoice.number,
        "A week was lost.",
        "-€16.67",
        "-€3.33",
        "-€20.00",
        "by transfer",
    ):
        assert said in text, f"{said} is not in: {text}"
    _, _, data = reader.pdf(f"{town.pages}/portal/invoices/{invoice.number}/pdf")
    assert note.number not in words(data), "what was issued never changes"
    status, headers, data = reader.pdf(f"{town.pages}/portal/invoices/statement/pdf")
    assert (status, headers["Content-Disposition"]) == (200, 'inline; filename="statement.pdf"')
    for said in ("Account statement", "Balance before", invoice.number, note.number, "Balance after", "€0.00"):
        assert said in words(data)


def test_it_speaks_the_customers_language(town):
    _, (_, _, data) = billed(town, language="fr")

    assert "Facture" in words(data)
    assert "418,80" in words(data)


def test_every_script_has_its_letters(town):
    """A letter that no font has is printed as a box: glyph 0."""
    _, (_, _, data) = billed(town, ARABIC)
    fonts = {font["/BaseFont"] for page in pypdf.PdfReader(io.BytesIO(data)).pages for font in _fonts(page)}

    assert any("Geist" in font for font in fonts), fonts
    assert len(fonts) > 1, fonts


def left_to_right(html, tmp_path):
    """The words of a page as they stand from left to right."""
    file = tmp_path / "page.pdf"
    file.write_bytes(wiring.paper().pdf(html, lambda name: None))
    told = subprocess.run(["pdftotext", "-bbox", file, "-"], capture_output=True, text=True, check=True).stdout
    found = re.findall(r'<word xMin="([\d.]+)"[^>]*>([^<]*)</word>', told)
    return [re.sub("[\u2066-\u2069]", "", word) for _, word in sorted(found, key=lambda one: float(one[0]))]


@pytest.mark.parametrize("around", ["ltr", "rtl"])
def test_an_address_has_its_number_where_its_own_writing_has_it(tmp_path, around):
    page = f'<!doctype html><html lang="ar" dir="{around}"><title>Paper</title><p><bdi>%s</bdi></p></html>'

    assert left_to_right(page % "1 rue de la Paix", tmp_path) == ["1", "rue", "de", "la", "Paix"]
    assert left_to_right(page % "12 شارع النيل", tmp_path)[-1] == "12"


def _fonts(page):
    return [font.get_object() for font in page["/Resources"]["/Font"].values()]


def test_the_same_invoice_is_the_same_file(town):
    customer = town.customer(KNOWN)
    town.subscribes(customer, "studio")
    (invoice,) = town.ledger.invoices(customer.id)
    reader = Reader().open(town.link(customer, "portal"))
    address = f"{town.pages}/portal/invoices/{invoice.number}/pdf"

    assert reader.pdf(address)[2] == reader.pdf(address)[2]


def test_only_its_customer_gets_it(town):
    invoice, _ = billed(town)
    stranger = Reader().open(town.link(town.customer(KNOWN), "portal"))

    assert stranger.pdf(f"{town.pages}/portal/invoices/{invoice.number}/pdf")[0] == 404
    assert Reader().pdf(f"{town.pages}/portal/invoices/{invoice.number}/pdf")[0] == 403


def test_a_machine_that_cannot_print_says_what_can_be_done(own_town, visitor):
    town = own_town()
    object.__setattr__(town.parts, "printer", NoPaper("no Pango"))
    ada = town.customer(KNOWN)
    town.subscribes(ada, "studio")
    (invoice,) = town.ledger.invoices(ada.id)
    visitor.open(town.link(ada, "portal")).open(f"/portal/invoices/{invoice.number}/pdf")

    assert visitor.status == 503
    assert "open its page and print it" in visitor.text
    assert f"/portal/invoices/{invoice.number}" in visitor.links().values()


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://127.0.0.1/a/style.css",
        "https://pages.invalid/etc/passwd",
        "data:text/plain,x",
        "/a/x.css",
    ],
)
def test_nothing_is_read_but_our_own_assets(address):
    own = OurOwn({"x.css": b"p{}"}.get)

    assert own.fetch("https://pages.invalid/a/x.css").read() == b"p{}"
    with pytest.raises(ValueError, match="no asset of ours"):
        own.fetch(address)


def test_a_page_that_asks_for_more_is_not_printed_at_all():
    with pytest.raises(ValueError, match=r"hostname"):
        Paper().pdf('<!doctype html><link rel="attachment" href="file:///etc/hostname"><p>x', {}.get)


def test_a_drawing_is_printed_as_it_is(tmp_path):
    drawing = (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9" fill="#0f0"/></svg>'
    )
    page = '<!doctype html><style>@page { margin: 0 } img { width: 100vw }</style><img src="/a/logo.svg" alt="Acme">'
    (tmp_path / "page.pdf").write_bytes(Paper().pdf(page, {"logo.svg": drawing}.get))

    subprocess.run(["pdftoppm", "-r", "10", "-png", "page.pdf", "page"], cwd=tmp_path, check=True)

    assert Image.open(next(tmp_path.glob("page*.png"))).convert("RGB").getpixel((20, 20)) == (0, 255, 0)


def test_it_looks_like_paper(town, tmp_path):
    """One sheet for an ordinary invoice, with ink on it."""
    _, (_, _, data) = billed(town, replace(GERMAN, address_line2="Aufgang C"))
    (tmp_path / "invoice.pdf").write_bytes(data)
    subprocess.run(["pdftoppm", "-gray", "-r", "50", "invoice.pdf", "page"], cwd=tmp_path, check=True)
    (page,) = tmp_path.glob("page-*.pgm")

    pixels = page.read_bytes().split(b"\n", 3)[3]
    assert 0.005 < sum(pixel < 128 for pixel in pixels) / len(pixels) < 0.2
