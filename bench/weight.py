"""What key pages weigh, beside the same pages by mainstream stacks: bytes, requests, first paint: `make bench-weight`.

In a real browser without a cache, in turns, in one run. Everything is served from this machine by the same server,
compressed alike; ours asks the database meanwhile, the others are files. Measured are the page as it comes, and as it
comes to a phone: a processor four times as slow, and a slow mobile network.
"""

import gzip
import mimetypes
import os
import re
import shutil
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import urllib3
from playwright.sync_api import Browser, Page, StorageState, ViewportSize, sync_playwright

from bench import mainstream
from generator.adapters.clock import TravellingClock
from generator.bundle import folder
from generator.cli import definition
from generator.compiler.build import build
from generator.model.payment import Promised
from generator.model.quote import Order, Quote, Request, Subscribe
from generator.rehearsal.stage import KNOWN
from generator.rehearsal.stand import NOON, Stand, address, furnished, listening, serving
from generator.runtime import app, links
from generator.runtime.links import Link

ROOT = Path(__file__).parent.parent
ROUNDS = int(os.environ.get("ROUNDS", "9"))
NODE = Path(sys.prefix) / "mainstream"

PHONE = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000}
"""Lighthouse's slow mobile network: 150 ms there and back, 1.6 Mbit a second."""

WORDS = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), words = [];
  for (let node; (node = walker.nextNode());) {
    if (!node.parentElement.closest("script, style, noscript")) words.push(node.data);
  }
  return words.join(" ");
}"""
PAINT = """() => new Promise((done) => new PerformanceObserver((list, observer) => {
  for (const entry of list.getEntriesByName("first-contentful-paint")) done(entry.startTime);
}).observe({type: "paint", buffered: true}))"""


OURS = "ours"


@dataclass(frozen=True)
class Stack:
    """The addresses of its pages, and what a browser must have kept to see them."""

    pages: Mapping[str, str]
    kept: StorageState | None = None


@dataclass(frozen=True)
class Weighed:
    """One look at a page: bytes as they went over the line, the same unpacked, answers, ms until something is seen."""

    line: int
    unpacked: int
    requests: int
    paint: float


def main() -> int:
    """Prints a table; ratios are ours to theirs, below 1 is lighter or sooner."""
    modules = mainstream.installed(NODE)
    with tempfile.TemporaryDirectory() as home, ExitStack() as running:
        playwright = running.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=_chromium(), args=["--no-sandbox", "--disable-gpu"])
        world = running.enter_context(_ours(Path(home)))
        pages, kept = _entered(browser, world)
        stacks = {OURS: Stack(pages, kept)}
        for name, make in mainstream.STACKS.items():
            out = Path(home, name.partition(",")[0].lower())
            make(modules, out)
            at = running.enter_context(serving(packed(_files(out)), listening()))
            stacks[name] = Stack({page: f"{at}/{page}.html" for page in pages})
        _say_the_same(browser, stacks)
        _table(stacks, _weighed(browser, stacks))
        browser.close()
    return 0


@contextmanager
def _ours(home: Path) -> Iterator[Stand]:
    """The demo as it is shipped, with one customer who pays on terms, and has a card and a subscription."""
    file = ROOT / "examples" / "demo" / "workflows.yaml"
    built, prices = build(file, "workflows.yaml"), definition.priced(file.with_name("catalog.yaml"))
    assert built.bundle is not None, built.problems
    assert prices is not None
    folder.write(built.bundle, home / "build")
    bound = listening()
    with (
        furnished(home / "build", prices, address(bound), TravellingClock(NOON)) as world,
        serving(packed(app.create(world.parts)), bound),
    ):
        ledger = world.ledger
        ada = ledger.put_customer("ada", "en", KNOWN, 30, frozenset())
        quote = ledger.quote(Request(ada.id, Subscribe("studio", {}), None, {}))
        assert isinstance(quote, Quote), quote
        order = ledger.open(quote.id, quote.shown, "first")
        assert isinstance(order, Order), order
        ledger.close(order.id, Promised("transfer"), "first")
        card = {"number": "4242424242424242", "expires": "2031-01"}
        urllib3.request("POST", f"{world.bank}/api/test/customers/{ada.id}/methods", json=card)
        yield world


def _entered(browser: Browser, world: Stand) -> tuple[dict[str, str], StorageState]:
    """Where the four pages are, for a customer who went there, and that customer's cookies."""

    def link(to: str, plan: str = "") -> str:
        return links.make(Link("ada", to, plan), world.parts.links, world.pages, NOON)

    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    pages = {}
    page.goto(link("choose_plan"))
    pages["catalog"] = page.url
    page.goto(link("subscribe_to_plan", plan="business"))
    for _ in range(3):
        for tick in page.locator("[type=checkbox][required]").all():
            tick.check()
        page.locator("main button.primary").click()
    page.wait_for_url("**/payment")
    pages["payment"] = page.url
    page.goto(link("portal"))
    pages["portal"] = page.url
    page.locator(".bill a").first.click()
    pages["invoice"] = page.url
    kept = context.storage_state()
    context.close()
    return pages, kept


def packed(application: Any) -> Any:
    """The application behind what compresses text for who can unpack it, as a server in front of it does."""

    def around(environ: Any, start_response: Any) -> list[bytes]:
        began: list[Any] = []
        answer = application(environ, lambda *said: began.extend(said[:2]))
        data = b"".join(answer)
        status, headers = began
        text = re.match("text/|application/(json|javascript)|image/svg", dict(headers).get("Content-Type", ""))
        if text and "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""):
            data = gzip.compress(data, 6)
            headers = [one for one in headers if one[0].lower() != "content-length"]
            headers += [("Content-Encoding", "gzip"), ("Content-Length", str(len(data)))]
        start_response(status, headers)
        return [data]

    return around


def _files(out: Path) -> Any:
    def app(environ: Any, start_response: Any) -> list[bytes]:
        file = out / environ["PATH_INFO"].lstrip("/")
        data = file.read_bytes()
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        start_response("200 OK", [("Content-Type", kind), ("Content-Length", str(len(data)))])
        return [data]

    return app


def _say_the_same(browser: Browser, stacks: Mapping[str, Stack]) -> None:
    """Pages that do not say the same are not compared."""
    for name in stacks[OURS].pages:
        said = {}
        for stack, about in stacks.items():
            context = browser.new_context(locale="en-GB", storage_state=about.kept)
            page = context.new_page()
            page.goto(about.pages[name])
            page.locator("h1").wait_for()
            said[stack] = Counter(re.findall(r"\w+", page.evaluate(WORDS).casefold()))
            if "SHOTS" in os.environ:
                page.screenshot(path=f"{os.environ['SHOTS']}/{name}-{stack.partition(',')[0]}.png", full_page=True)
            context.close()
        for stack, words in said.items():
            if words != said[OURS]:
                raise SystemExit(f"{name}: {stack} says {words - said[OURS]} more, and {said[OURS] - words} less")


def _weighed(browser: Browser, stacks: Mapping[str, Stack]) -> dict[tuple[str, str, bool], list[Weighed]]:
    """By page, stack, and whether it comes to a phone."""
    looks: dict[tuple[str, str, bool], list[Weighed]] = {}
    for turn in range(ROUNDS):
        for name in stacks[OURS].pages:
            for stack in sorted(stacks, reverse=bool(turn % 2)):
                for phone in (False, True):
                    looks.setdefault((name, stack, phone), []).append(_look(browser, stacks[stack], name, phone))
    return looks


def _look(browser: Browser, stack: Stack, name: str, phone: bool) -> Weighed:
    size: ViewportSize = {"width": 360, "height": 640} if phone else {"width": 1280, "height": 800}
    context = browser.new_context(viewport=size, locale="en-GB", storage_state=stack.kept)
    page = context.new_page()
    seen = _Line(page)
    if phone:
        seen.protocol.send("Network.emulateNetworkConditions", PHONE)
        seen.protocol.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(stack.pages[name], wait_until="load")
    paint = page.evaluate(PAINT)
    page.wait_for_load_state("networkidle")
    context.close()
    return Weighed(seen.line, seen.unpacked, seen.requests, paint)


class _Line:
    """What goes over the line to a page, as the browser counts it."""

    def __init__(self, page: Page) -> None:
        self.line = self.unpacked = self.requests = 0
        self._left: set[str] = set()
        self.protocol = page.context.new_cdp_session(page)
        self.protocol.send("Network.enable")
        self.protocol.on("Network.requestWillBeSent", self._asked)
        self.protocol.on("Network.dataReceived", self._received)
        self.protocol.on("Network.loadingFinished", self._finished)

    def _asked(self, event: Any) -> None:
        """A browser asks for the icon when it likes, after all else: it is left out, everybody's."""
        if re.search(r"/icon\b", event["request"]["url"]):
            self._left.add(event["requestId"])

    def _received(self, event: Any) -> None:
        self.unpacked += event["dataLength"] * (event["requestId"] not in self._left)

    def _finished(self, event: Any) -> None:
        if event["requestId"] not in self._left:
            self.requests += 1
            self.line += int(event["encodedDataLength"])


def _table(stacks: Mapping[str, Stack], looks: Mapping[tuple[str, str, bool], list[Weighed]]) -> None:
    def median(name: str, stack: str, phone: bool, what: str) -> float:
        return float(statistics.median(getattr(one, what) for one in looks[name, stack, phone]))

    say("| page | beside | bytes | unpacked | requests | first paint | on a phone |")
    say("|---|---|---|---|---|---|---|")
    for name in stacks[OURS].pages:
        for other in (stack for stack in stacks if stack != OURS):
            ratios = [
                median(name, OURS, phone, what) / median(name, other, phone, what)
                for what, phone in (
                    ("line", False),
                    ("unpacked", False),
                    ("requests", False),
                    ("paint", False),
                    ("paint", True),
                )
            ]
            say(f"| {name} | {other} | " + " | ".join(f"{ratio:.2f}" for ratio in ratios) + " |")
    say("")
    say("| page | stack | kB over the line | kB unpacked | requests | first paint | on a phone |")
    say("|---|---|---|---|---|---|---|")
    for name in stacks[OURS].pages:
        for stack in stacks:
            line, unpacked = (median(name, stack, False, what) / 1000 for what in ("line", "unpacked"))
            paints = [f"{median(name, stack, phone, 'paint'):.0f} ms" for phone in (False, True)]
            requests = median(name, stack, False, "requests")
            say(f"| {name} | {stack} | {line:.1f} | {unpacked:.1f} | {requests:.0f} | {' | '.join(paints)} |")


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def _chromium() -> str:
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if not path:
        raise SystemExit("there is no chromium: run `make browser`")
    return path


if __name__ == "__main__":
    sys.exit(main())
