"""How a customer does what is to be done: with keys alone, or in a browser that runs no script."""

from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Page

from tests.browser.ways import Act

MOST_STOPS = 120
MOST_INSIDE = 12
"""Stops that a page may have beyond its elements: a date has four."""

STOP = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return {at: "", which: 0};
  const box = at.getBoundingClientRect();
  const seen = (one, pseudo) => {
    const style = getComputedStyle(one, pseudo);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && style.outlineColor !== "transparent";
  };
  const around = [at, at.closest("label, .method, .tick, .choice, li"), at.labels && at.labels[0]].filter(Boolean);
  // Inside of a date the browser has stops of its own, and draws their ring itself.
  const inside = at.type === "date" && !at.matches(":focus-visible");
  const shown = inside || around.some(one => seen(one) || seen(one, "::after") || seen(one, "::before"));
  const spots = [[.5, .5], [.1, .5], [.9, .5], [.5, .2], [.5, .8]].map(([x, y]) =>
    document.elementFromPoint(box.left + box.width * x, box.top + box.height * y));
  const beside = "label, .method, .tick, li";
  const mine = spots.some(spot => spot && (at.contains(spot) || spot.contains(at) && spot.closest(beside)
    || (at.labels && [...at.labels].some(label => label.contains(spot)))));
  const path = one => one.id ? "#" + one.id : [
    one.tagName.toLowerCase(), ...[...one.classList].map(word => "." + word), one.name ? `[name=${one.name}]` : "",
    one.href ? `[href=${one.getAttribute("href")}]` : "", one.value ? `=${one.value}` : "",
  ].join("");
  at.stop ??= window.stops = (window.stops ?? 0) + 1;
  return {at: path(at), which: at.stop, shown, mine};
}"""

ELSEWHERE = "(element) => element !== document.activeElement"


class Keys:
    """Only Tab, Enter, Space, arrows and letters. Looks at each stop: the focus is seen, and not hidden."""

    def __init__(self, page: Page, ours: str) -> None:
        self._page, self._ours = page, ours
        self.complaints: list[str] = []
        self.stops = 0

    def do(self, act: Act) -> None:
        """What is to be done, once the keys have led there."""
        target = self._page.locator(act.on).first
        target.wait_for(state="attached")
        self._go_to(act.on)
        match act.does:
            case "type":
                self._page.keyboard.press("ControlOrMeta+a")
                self._page.keyboard.type(act.words)
            case "choose":
                self._page.keyboard.type(target.locator(f"option[value='{act.words}']").inner_text())
            case "tick":
                if not target.is_checked():
                    self._page.keyboard.press("Space")
            case "press":
                with self._page.expect_navigation():
                    self._page.keyboard.press("Enter")

    def _go_to(self, selector: str) -> None:
        """On with Tab until it has the focus; among round ones, on with an arrow."""
        target = self._page.locator(selector).first
        for _ in range(MOST_STOPS):
            if not target.evaluate(ELSEWHERE):
                return
            if self._page.evaluate(
                """target => {
                  const at = document.activeElement, wanted = document.querySelector(target);
                  return at && at.type === "radio" && wanted.type === "radio" && at.name === wanted.name;
                }""",
                selector,
            ):
                self._page.keyboard.press("ArrowDown")
            else:
                self._page.keyboard.press("Tab")
            self._look()
        raise AssertionError(f"no key leads to {selector} on {self._page.url}")

    def _look(self) -> Mapping[str, Any]:
        stop = self._page.evaluate(STOP)
        self.stops += 1
        if stop["at"] and not stop["shown"]:
            self.complaints.append(f"nobody sees the focus at {stop['at']} on {self._page.url}")
        if stop["at"] and not stop["mine"]:
            self.complaints.append(f"something covers {stop['at']} on {self._page.url}")
        return stop

    def tour(self) -> None:
        """Through the whole page and out of it: nothing is passed over, nothing holds the focus."""
        wanted = self._page.evaluate("""() => [...document.querySelectorAll(
            "a[href], button, input:not([type=hidden]), select, textarea, summary")].filter(one =>
              !one.disabled && one.tabIndex >= 0 && one.checkVisibility() && !(one.type === "radio" && one !== (
                document.querySelector(`[name="${one.name}"]:checked`) ?? document.querySelector(`[name="${one.name}"]`)
              ))).length""")
        self._page.evaluate("document.activeElement.blur()")
        met: dict[int, str] = {}
        for _ in range(wanted + MOST_INSIDE):
            self._page.keyboard.press("Tab")
            stop = self._look()
            if not stop["at"] or stop["which"] in list(met)[:1]:
                break
            met[stop["which"]] = stop["at"]
        if len(met) != wanted:
            where = list(met.values())
            self.complaints.append(f"{wanted} can be reached and {len(met)} were, on {self._page.url}: {where}")


class Fingers:
    """A pointer, in a browser that runs no script."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def do(self, act: Act) -> None:
        target = self._page.locator(act.on).first
        match act.does:
            case "type":
                target.fill(act.words)
            case "choose":
                target.select_option(act.words)
            case "tick":
                target.check(force=True)
            case "press":
                with self._page.expect_navigation():
                    target.click()
