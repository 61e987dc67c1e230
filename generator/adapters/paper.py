"""Pages on paper, by WeasyPrint. It reads nothing but the assets of our own bundle: no file, no address elsewhere."""

import hashlib
import logging
import mimetypes
from collections.abc import Callable

from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

OURS = "https://pages.invalid"
"""Where a page seems to lie, so that the addresses of its assets are whole; nothing is ever asked there."""


class Paper:
    """Needs Pango and HarfBuzz from the system; see the operators' guide."""

    def __init__(self) -> None:
        # It warns of each property of a style sheet that paper does not know.
        logging.getLogger("weasyprint").setLevel(logging.ERROR)

    def pdf(self, html: str, asset: Callable[[str], bytes | None]) -> bytes:
        page = HTML(string=html, base_url=OURS + "/", url_fetcher=OurOwn(asset))
        try:
            made: bytes = page.write_pdf(pdf_tags=True, pdf_identifier=hashlib.sha256(html.encode()).digest()[:16])
        except FatalURLFetchingError as fault:  # which is no Exception, and would end the thread that serves
            raise ValueError(str(fault)) from fault
        return made


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
