"""Pages on paper, by WeasyPrint: PDF/A-3, tagged. It reads nothing but the assets of our own bundle."""

import hashlib
import logging
import mimetypes
from collections.abc import Callable
from datetime import UTC, datetime, time
from typing import Any
from unicodedata import bidirectional

from weasyprint import HTML, Attachment
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from generator.adapters import facturx
from generator.model.bill import Bill

OURS = "https://pages.invalid"
"""Where a page seems to lie, so that the addresses of its assets are whole; nothing is ever asked there."""

VARIANT = "pdf/a-3u"
"""To be kept for decades: fonts, colours and the meaning of each letter in the file. Part 3 allows files within."""

CLAIM = (
    f"""
<rdf:Description rdf:about="" xmlns:fx="urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#">
<fx:DocumentType>INVOICE</fx:DocumentType><fx:DocumentFileName>{facturx.NAME}</fx:DocumentFileName>
<fx:Version>1.0</fx:Version><fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>fx</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>
"""
    + "".join(
        f"""<rdf:li rdf:parseType="Resource"><pdfaProperty:name>{name}</pdfaProperty:name>
<pdfaProperty:valueType>Text</pdfaProperty:valueType><pdfaProperty:category>external</pdfaProperty:category>
<pdfaProperty:description>{says}</pdfaProperty:description></rdf:li>
"""
        for name, says in (
            ("DocumentFileName", "name of the embedded XML invoice file"),
            ("DocumentType", "INVOICE"),
            ("Version", "version of the Factur-X schema"),
            ("ConformanceLevel", "conformance level of the embedded Factur-X data"),
        )
    )
    + """</rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""
)
"""What the metadata say of the file within, in the words of the standard, with the schema that PDF/A asks for."""


class Paper:
    """Needs Pango and HarfBuzz from the system; see the operators' guide."""

    def __init__(self) -> None:
        # It warns of each property of a style sheet that paper does not know.
        logging.getLogger("weasyprint").setLevel(logging.ERROR)

    def pdf(self, html: str, asset: Callable[[str], bytes | None], bill: Bill | None = None) -> bytes:
        page = HTML(string=html, base_url=OURS + "/", url_fetcher=OurOwn(asset))
        _directed(page.etree_element)
        known = hashlib.sha256(html.encode()).digest()[:16]
        try:
            document = page.render(pdf_variant=VARIANT, pdf_tags=True)
            if bill is not None:
                _attach(document.metadata, bill)
            made: bytes = document.write_pdf(
                finisher=_named_once, pdf_variant=VARIANT, pdf_tags=True, pdf_identifier=known
            )
        except FatalURLFetchingError as fault:  # which is no Exception, and would end the thread that serves
            raise ValueError(str(fault)) from fault
        return made


def _directed(page: Any) -> None:
    """What runs in its own direction, whatever is around it: the library does not look for that of a `<bdi>`.

    The first letter that has a direction decides, as with `dir="auto"` (https://html.spec.whatwg.org/#the-dir-attribute).
    """
    for element in page.iter("bdi"):
        strong = (bidirectional(sign) for sign in "".join(element.itertext()))
        first = next((one for one in strong if one in ("L", "R", "AL")), "")
        if first and "dir" not in element.attrib:
            element.set("dir", "ltr" if first == "L" else "rtl")


def _named_once(document: Any, pdf: Any) -> None:
    """The library names each file within twice."""
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = type(pdf.catalog["AF"])(dict.fromkeys(pdf.catalog["AF"]))


def _attach(metadata: Any, bill: Bill) -> None:
    """The same for machines, as a file within; the metadata say so in the one description that there is."""
    day = datetime.combine(bill.issued, time(), UTC)
    written = facturx.xml(bill)
    metadata.attachments.append(
        Attachment(
            string=written,
            name=facturx.NAME,
            description="Factur-X",
            created=day,
            modified=day,
            relationship="Alternative",
        )
    )
    said = metadata.generate_rdf_metadata

    def claimed(*asked: Any) -> bytes:
        before, end, after = said(*asked).rpartition(b"</rdf:RDF>")
        return bytes(before + CLAIM.encode() + end + after)

    metadata.generate_rdf_metadata = claimed


class OurOwn(URLFetcher):  # type: ignore[misc]
    """Fetches assets of the bundle by their names, and refuses everything else."""

    def __init__(self, asset: Callable[[str], bytes | None]) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)
        self._asset = asset

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        name = url.removeprefix(f"{OURS}/a/")
        data = self._asset(name) if name != url else None
        if data is None:
            raise ValueError(f"{url} is no asset of ours")
        return URLFetcherResponse(url, data, {"Content-Type": mimetypes.guess_type(name)[0] or "font/woff2"})
