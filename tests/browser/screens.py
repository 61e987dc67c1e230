"""Takes the fixed set of screenshots: each step, the portal's sections, notices; phone and desk, light and dark.

python -m tests.browser.screens [FOLDER [phone-light …]]
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Browser, Error, Page, sync_playwright

from generator.model.customer import BillingInfo, Customer
from generator.model.walk import Subject
from generator.rehearsal.stage import KNOWN
from generator.runtime.ways_in import WaysIn
from tests.browser.conftest import launched
from tests.support import town as towns
from tests.support.journeys import BILLING
from tests.support.town import Town

SIZES = {"phone": {"width": 360, "height": 640}, "desk": {"width": 1280, "height": 800}}
SCALE = {"phone": 2, "desk": 1}
MODES = ("light", "dark")

GERMAN = BillingInfo(
    email="rechnungseingang@donaudampfschifffahrt.example",
    name="Maximiliane von Hohenstaufen-Oberammergau",
    company="Donaudampfschifffahrtselektrizitätengroßhandelsgesellschaft mbH & Co. KG",
    vat_number="DE136695976",
    address_line1="Rindfleischetikettierungsüberwachungsstraße 127a, Hinterhaus",
    postal_code="94032",
    city="Passau",
    country="DE",
)
ARABIC = replace(
    KNOWN, name="أمير حدّاد", company="دار الحكمة للنشر", address_line1="شارع الحمرا ١٢", city="بيروت", country="LB"
)


def main(folder: Path, *wanted: str) -> None:
    """All of them, or the sets that are wanted, each under `<size>-<mode>/<number>-<name>.png`."""
    with ExitStack() as running, sync_playwright() as playwright:
        home = Path(running.enter_context(tempfile.TemporaryDirectory()))
        town = running.enter_context(towns.town(home, running.enter_context(towns.square(home))))
        browser = launched(playwright)
        for size in SIZES:
            for mode in MODES:
                if wanted and f"{size}-{mode}" not in wanted:
                    continue
                taken = _take(browser, town, size, mode, folder / f"{size}-{mode}")
                print(f"{size} {mode}: {taken} screenshots")
        browser.close()


def _take(browser: Browser, town: Town, size: str, mode: str, folder: Path) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    context = browser.new_context(
        viewport=SIZES[size], color_scheme=mode, device_scale_factor=SCALE[size], locale="en-GB"
    )
    page = context.new_page()
    count = 0
    for count, name in enumerate(_scenes(page, town), 1):
        (folder / f"{count:02}-{name}.png").write_bytes(shoot(page))
    context.close()
    return count


def shoot(page: Page) -> bytes:
    """Headless Chromium without a graphics card now and then has no frame to give; the next moment it has."""
    for tries_left in (3, 2, 1, 0):
        try:
            return page.screenshot(animations="disabled")
        except Error:
            if not tries_left:
                raise
            page.wait_for_timeout(300)
    raise AssertionError("the last try raises")


def _scenes(page: Page, town: Town) -> Iterator[str]:
    """A walk past everything; each name is said when the page shows what it names."""
    press = lambda name: page.get_by_role("button", name=name).first.click()  # noqa: E731 - said often, once
    ada = town.customer()
    page.goto(town.link(ada, "portal"))
    yield "portal-empty"
    page.goto(town.link(ada, "choose_plan"))
    yield "catalog"
    press("Choose Team")
    yield "options"
    page.get_by_label("Seats").fill("99")
    press("Continue")
    yield "options-errors"
    page.get_by_label("Seats").fill("5")
    press("Continue")
    yield "billing-info"
    press("Continue")
    yield "billing-info-errors"
    for name, value in BILLING.items():
        field = page.locator(f"[name={name}]")
        field.select_option(value) if name == "country" else field.fill(value)
    press("Continue")
    yield "summary-trial"
    page.get_by_label("I accept").check()
    press("Continue")
    yield "payment-register"
    payment = page.url
    press("Order with obligation to pay")
    yield "bank"
    page.goto(payment)
    yield "waiting-elsewhere"
    press("Go back")
    yield "payment-cancelled"

    german = town.customer(GERMAN, terms_days=30)
    page.context.clear_cookies()
    page.goto(town.link(german, "subscribe_to_plan", "business"))
    press("Continue")
    yield "form"
    press("Continue")
    yield "summary-paid"
    page.get_by_label("I accept").check()
    town.reprice("business", 9900 if _price(town) != 9900 else 11900)
    press("Continue")
    yield "summary-price-moved"
    page.get_by_label("I accept").check()
    press("Continue")
    yield "payment-choice"
    press("Order and pay")
    page.goto(f"{town.pages}/portal/invoices")
    yield "invoice-to-pay"
    page.get_by_role("link", name="Pay this invoice").click()
    yield "invoice-summary"
    press("Continue")
    yield "invoice-payment"

    amir = town.customer(ARABIC)
    town.put_card(amir)
    page.context.clear_cookies()
    page.goto(town.link(amir, "subscribe_to_plan", "studio"))
    yield "summary-arabic"
    page.get_by_label("I accept").check()
    press("Continue")
    yield "payment-saved"
    press("Order and pay")
    page.goto(town.link(amir, "portal"))
    yield "subscriptions"
    page.goto(f"{town.pages}/portal/invoices")
    yield "invoices"
    page.goto(f"{town.pages}/portal/billing_info")
    yield "billing-details"
    town.put_mandate(amir)
    page.goto(f"{town.pages}/portal/payment_method")
    yield "payment-methods"
    page.get_by_role("link", name="Remove SEPA").click()
    yield "remove-method"
    page.goto(f"{town.pages}/portal/payment_method")
    page.get_by_role("link", name="Add another payment method").click()
    yield "register-method"
    page.goto(_ended(page, town, amir))
    yield "done"
    page.goto(f"{town.pages}/nowhere")
    yield "not-found"
    page.goto(town.link(german, "portal"))
    yield "other-customer"
    page.context.clear_cookies()
    link = town.link(amir, "portal", good_for=timedelta(hours=-2))
    page.goto(link)
    yield "link-expired"

    page.context.clear_cookies()
    page.goto(town.link(town.customer(language="fr"), "subscribe_to_plan", "studio"))
    yield "french"
    yield from _changes(page, town)
    yield from _portal(page, town)
    yield from _debits(page, town)
    yield from _entry(page, town)


def _portal(page: Page, town: Town) -> Iterator[str]:
    """One subscription, several, what has ended, one invoice; and a price that follows what is typed."""
    german = town.customer(GERMAN, terms_days=30)
    business = town.subscribes(german, "business")
    page.context.clear_cookies()
    page.goto(town.link(german, "portal"))
    yield "one-subscription"
    page.goto(town.link(german, "change_options", subscription=business.id))
    page.get_by_label("Seats").fill("27")
    page.get_by_text("goes in steps of 5").wait_for()
    yield "live-quote-errors"
    page.get_by_label("Seats").fill("30")
    page.locator("[data-part=said]").get_by_text("€96.00").wait_for(state="attached")
    yield "live-quote"
    studio = town.subscribes(german, "studio")
    town.ledger.suspend(studio.id, "suspended_payment_due")
    page.goto(f"{town.pages}/portal/subscriptions")
    yield "several-subscriptions"
    page.goto(f"{town.pages}/portal/subscriptions/{studio.id}")
    yield "subscription-suspended"
    page.goto(f"{town.pages}/portal/invoices")
    yield "invoices-to-pay"
    page.get_by_role("link", name="Invoice INV").first.click()
    yield "one-invoice-to-pay"
    page.get_by_role("button", name="français").click()
    yield "one-invoice-in-french"
    page.goto(f"{town.pages}/portal/subscriptions")
    yield "several-in-french"
    page.get_by_role("button", name="English").click()


def _debits(page: Page, town: Town) -> Iterator[str]:
    """A mandate, a debit that comes back, a transfer, and a pause after too many declined tries."""
    press = lambda name: page.get_by_role("button", name=name).first.click()  # noqa: E731 - said often, once
    ada = town.customer(KNOWN, terms_days=30)
    town.put_card(ada, "4000000000000002")
    page.context.clear_cookies()
    page.goto(town.link(ada, "subscribe_to_plan", "studio"))
    page.get_by_label("I accept").check()
    press("Continue")
    payment = page.url
    page.locator("label[for=method-sepa]").click()
    yield "payment-every-way"
    press("Order and pay")
    yield "bank-mandate"
    page.get_by_label("IBAN").fill("DE62 3704 0044 0532 0130 01")
    press("Give the mandate")
    yield "bank-mandate-errors"
    page.get_by_label("IBAN").fill("DE62 3704 0044 0532 0130 01")
    page.get_by_label("Account holder").fill("Ada Lovelace")
    press("Give the mandate")
    yield "waiting-debit"
    page.goto(f"{town.pages}/portal/subscriptions")
    yield "payment-under-way"
    town.bank_decides(ada, paid=False)
    page.goto(f"{town.pages}/portal/subscriptions")
    yield "payment-failed"
    page.goto(payment)
    for _ in range(4):
        page.locator("label[for^=method-card_]").click()
        press("Order and pay")
    yield "cool-down"
    press("Order and pay")
    page.goto(f"{town.pages}/portal/invoices")
    page.get_by_text("How to pay by transfer").click()
    yield "invoice-by-transfer"


def _entry(page: Page, town: Town) -> Iterator[str]:
    """What somebody sees who is nobody yet, and the mails that bring them in."""
    press = lambda name: page.get_by_role("button", name=name).first.click()  # noqa: E731 - said often, once
    ways, email = WaysIn(town.parts), "grace@example.com"
    grace = town.customer(replace(KNOWN, name="Grace Hopper", email=email), terms_days=30)
    for company in ("Cobol & Sons", "Compiler Ltd"):
        town.subscribes(town.customer(replace(GERMAN, company=company, email=email)), "studio")
    page.context.clear_cookies()
    page.goto(f"{town.pages}/catalog")
    yield "public-catalog"
    page.goto(f"{town.pages}/portal/invoices")
    yield "signed-out"
    page.get_by_role("link", name="Sign in by e-mail").click()
    yield "sign-in"
    press("Mail me a code")
    yield "sign-in-errors"
    page.get_by_label("E-mail").fill(email)
    press("Mail me a code")
    yield "code"
    press("Sign in")
    yield "code-errors"
    code = next(mail for mail in reversed(town.parts.store.outbox(town.clock.now(), 99)) if mail.to == email)
    page.get_by_label("Code").fill(code.subject.split()[0])
    press("Sign in")
    yield "accounts"
    press("Compiler Ltd")
    page.context.clear_cookies()
    page.goto(ways.address(ways.link(grace, "portal", single_use=True)))
    yield "link-once"
    town.subscribes(grace, "studio")
    (invoice,) = town.ledger.invoices(grace.id)
    ways.mail(grace, ways.link(grace, "pay_invoice", Subject(invoice=invoice.id)))
    letter = town.parts.store.outbox(town.clock.now(), 99)
    for mail in (code, next(mail for mail in letter if mail.about == "link.pay_invoice")):
        page.goto("about:blank")
        page.set_content(mail.html)
        yield f"mail-{mail.about.rpartition('.')[2]}"


def _changes(page: Page, town: Town) -> Iterator[str]:
    """What a customer does with what they have."""
    press = lambda name: page.get_by_role("button", name=name).first.click()  # noqa: E731 - said often, once
    follow = lambda name: page.get_by_role("link", name=name).first.click()  # noqa: E731
    portal = f"{town.pages}/portal/subscriptions"
    ada = town.customer(KNOWN)
    town.put_card(ada)
    town.subscribes(ada, "studio")
    page.context.clear_cookies()
    page.goto(town.link(ada, "portal"))
    yield "subscription-active"
    follow("Change plan")
    yield "change-catalog"
    press("Choose Business")
    yield "change-options"
    press("Continue")
    yield "change-summary"
    page.get_by_label("Promotion code").fill("WELCOME20")
    press("Apply")
    yield "code-refused"
    page.get_by_label("Promotion code").fill("STAY25")
    press("Apply")
    yield "code-applied"
    page.get_by_label("I accept").check()
    press("Continue")
    yield "change-payment"
    page.goto(portal)
    follow("Cancel")
    yield "confirm"
    page.get_by_label("Start again on").fill("2020-01-01")
    press("Pause until this day")
    yield "confirm-errors"
    press("Cancel the subscription")
    yield "terminated"
    page.goto(portal)
    yield "subscription-ending"
    follow("Keep it after all")
    yield "restart-summary"
    press("Continue")
    yield "restart-payment"

    bob = town.customer(GERMAN, terms_days=30)
    down, held = town.subscribes(bob, "studio"), town.subscribes(bob, "business")
    page.context.clear_cookies()
    page.goto(town.link(bob, "change_to_plan", "solo", down.id))
    yield "downgrade-summary"
    page.get_by_label("I accept").check()
    press("Continue")
    yield "downgrade-payment"
    page.locator("button.primary").click()
    town.ledger.suspend(held.id, "suspended_payment_due")
    page.goto(portal)
    yield "subscriptions-scheduled-and-suspended"
    follow("Restart")
    yield "restart-owed"
    page.goto(town.link(bob, "restart_subscription", subscription=down.id))
    yield "not-now"


def _price(town: Town) -> int:
    plan = town.ledger.plan("business")
    assert plan is not None
    return plan.price.minor


def _ended(page: Page, town: Town, customer: Customer) -> str:
    """The address of a walk that is over."""
    page.goto(town.link(customer, "subscribe_to_plan", "solo"))
    walk = page.url.rpartition("/")[0]
    page.get_by_label("I accept").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Start for free").click()
    return walk


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else ".screens"), *sys.argv[2:])
