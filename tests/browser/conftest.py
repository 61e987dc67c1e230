"""One real browser for all tests: Debian's Chromium, driven by Playwright."""

import re
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import axe_playwright_python
import playwright
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, ViewportSize, sync_playwright

from tests.support.town import Town

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def chromium() -> str:
    """Where the browser is; `make test` has installed it."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert path, "there is no chromium: run `make browser`"
    return path


UNSEEN = ("WebUIOmniboxPopup", "WebUIOmniboxAimPopup")
"""Features that start a renderer of the browser's own for each window, for what drops down from an address bar that no
test has: half of what a new window costs."""


@cache
def _without() -> str:
    """Of two switches of one name the last one counts, so Playwright's own list stands in ours, too."""
    driver = Path(playwright.__file__).parent / "driver" / "package" / "lib" / "coreBundle.js"
    listed = re.search(r"disabledFeatures = \[(.*?)\]", driver.read_text(encoding="utf-8"), re.DOTALL)
    assert listed, "Playwright says in another way which features it goes without"
    own = re.findall(r'^\s*"(\w+)",?$', listed[1], re.MULTILINE)
    return f"--disable-features={','.join((*own, *UNSEEN))}"


def launched(playing: Playwright) -> Browser:
    """The browser, running."""
    return playing.chromium.launch(executable_path=chromium(), args=[*ARGUMENTS, _without()])


PHONE: ViewportSize = {"width": 360, "height": 640}
DESK: ViewportSize = {"width": 1280, "height": 800}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playing:
        running = launched(playing)
        yield running
        running.close()


RUN = """rules => axe.run({
  iframes: false,
  rules: {"frame-tested": {enabled: false}},
  runOnly: rules,
  resultTypes: ["violations", "incomplete"],
})"""


class Eyes:
    """Looks at every page that a customer comes to: nothing broken, nothing blocked, nothing that axe would mind."""

    def __init__(self, context: BrowserContext, pages: str) -> None:
        self.complaints: list[str] = []
        self.seen: list[str] = []
        self.open = True
        self._pages = pages
        context.on("console", lambda message: self._heard(message.type, message.text))
        context.on("weberror", lambda error: self.complaints.append(f"error: {error.error}"))
        context.on("requestfailed", lambda request: self._lost(request.url, request.failure))

    def _heard(self, kind: str, text: str) -> None:
        """A status such as 422 is meant; anything else in the console is not."""
        if kind in ("error", "warning") and "the server responded with a status of 4" not in text:
            self.complaints.append(f"{kind}: {text}")

    def _lost(self, url: str, why: str | None) -> None:
        """A look at a price is given up when somebody types on or goes on; nothing else may fail."""
        if "?part=" not in url or why != "net::ERR_ABORTED":
            self.complaints.append(f"failed: {url} {why}")

    def look(self, page: Page) -> None:
        """At the page as it is now, unless they are closed. What is in a frame is somebody else's page."""
        if not self.open:
            return
        self.seen.append(page.url)
        if not page.evaluate("window.axe !== undefined"):
            page.evaluate(AXE)
        found = page.evaluate(RUN, RULES)
        for kind in ("violations", "incomplete"):
            for rule in found[kind]:
                nodes = [node for node in rule["nodes"] if not _lies_on_top(node)]
                if not nodes:
                    continue
                where = "; ".join(" ".join(map(str, node["target"])) for node in nodes[:3])
                self.complaints.append(f"axe {kind}: {rule['id']} at {where} on {page.url}")

    def elsewhere(self) -> list[str]:
        return [url for url in self.seen if not url.startswith(self._pages)]


@pytest.fixture
def customer(browser: Browser, town: Town) -> Iterator[Callable[..., tuple[Page, "Eyes"]]]:
    """A browser in a customer's hands, and the eyes that look at each page."""
    contexts: list[BrowserContext] = []

    def make(javascript: bool = True, size: ViewportSize = PHONE, dark: bool = False) -> tuple[Page, Eyes]:
        context = browser.new_context(
            viewport=size, java_script_enabled=javascript, color_scheme="dark" if dark else "light", locale="en-GB"
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        return context.new_page(), Eyes(context, town.pages)

    yield make
    for context in contexts:
        context.close()


def _lies_on_top(node: Any) -> bool:
    """Axe cannot tell the background of the bar that sticks to the foot where something lies half under it.

    The bar is opaque: what is under it changes nothing.
    """
    return any((check.get("data") or {}).get("messageKey") == "elmPartiallyObscuring" for check in node["any"])
