"""Takes one picture of all themes that are shipped: German in light, Arabic in dark, each on a desk and on a phone.

python -m tests.browser.contact_sheet FILE
"""

import io
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from generator import shipped
from generator.bundle import folder
from generator.cli import definition
from generator.compiler.build import build
from tests.browser.conftest import launched
from tests.browser.screens import ARABIC, GERMAN, shoot
from tests.support import town as towns
from tests.support.town import Square, Town

MADE_OF = Path(__file__).parent / "contact"

DESK, PHONE = {"width": 1280, "height": 800}, {"width": 376, "height": 800}
HEIGHT, GAP = 500, 20
"""Of a row in the picture, and between all things in it, in pixels."""

MOST_BYTES = 400_000


def main(file: Path) -> None:
    """A row for each theme, the plain one first."""
    themes = sorted((one.parent.name for one in shipped.THEMES.glob("*/theme.yaml")), key=lambda name: name != "plain")
    with ExitStack() as running, sync_playwright() as playwright:
        home = Path(running.enter_context(tempfile.TemporaryDirectory()))
        square = running.enter_context(towns.square(home))
        browser = launched(playwright)
        rows = [_row(browser, theme, home / theme, square) for theme in themes]
        browser.close()
    sheet = Image.new("RGB", (rows[0].width, sum(row.height for row in rows) + GAP), "#8b909a")
    for number, row in enumerate(rows):
        sheet.paste(row, (0, GAP + number * (HEIGHT + GAP)))
    sheet.save(file, quality=84, method=6)
    size = file.stat().st_size
    print(f"{file}: {sheet.width} × {sheet.height} pixels, {size:,} bytes")
    assert size <= MOST_BYTES


def _row(browser: Browser, theme: str, home: Path, square: Square) -> Image.Image:
    home.mkdir()
    words = (MADE_OF / "workflows.yaml").read_text(encoding="utf-8").replace("THEME", theme)
    (home / "workflows.yaml").write_text(words, encoding="utf-8")
    built = build(home / "workflows.yaml", "workflows.yaml")
    assert built.bundle, built.problems
    folder.write(built.bundle, home / "build")
    prices = definition.priced(MADE_OF / "catalog.yaml")
    assert prices
    with towns.town(home, square, build=home / "build") as town:
        town.ledger.sell(prices)
        shots = [_shot(browser, town, *scene) for scene in SCENES]
    row = Image.new("RGB", (sum(shot.width + GAP for shot in shots) + GAP, HEIGHT + GAP), "#8b909a")
    left = GAP
    for shot in shots:
        row.paste(shot, (left, 0))
        left += shot.width + GAP
    return row


def _shot(
    browser: Browser, town: Town, show: Callable[[Page, Town], None], size: dict[str, int], mode: str
) -> Image.Image:
    context = browser.new_context(viewport=size, color_scheme=mode, device_scale_factor=2)
    page = context.new_page()
    show(page, town)
    picture = Image.open(io.BytesIO(shoot(page))).convert("RGB")
    context.close()
    return picture.resize((HEIGHT * size["width"] // size["height"], HEIGHT), Image.Resampling.LANCZOS)


def _catalog(page: Page, town: Town) -> None:
    page.goto(town.link(town.customer(GERMAN, language="de"), "choose_plan"))


def _payment(page: Page, town: Town) -> None:
    customer = town.customer(GERMAN, terms_days=30, language="de")
    page.goto(town.link(customer, "subscribe_to_plan", "studio"))
    page.locator("[type=checkbox]").first.check()
    page.locator("button.primary").click()
    page.wait_for_url("**/payment")


def _subscriptions(page: Page, town: Town) -> None:
    customer = town.customer(ARABIC, terms_days=30, language="ar")
    held = town.subscribes(customer, "studio")
    town.subscribes(customer, "business")
    town.ledger.suspend(held.id, "suspended_payment_due")
    page.goto(town.link(customer, "portal"))


def _options(page: Page, town: Town) -> None:
    page.goto(town.link(town.customer(ARABIC, language="ar"), "subscribe_to_plan", "team"))


SCENES = (
    (_catalog, DESK, "light"),
    (_payment, PHONE, "light"),
    (_subscriptions, DESK, "dark"),
    (_options, PHONE, "dark"),
)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
