"""What who is nobody yet may see: signing in, and the catalog."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from generator.gallery.exhibit import Exhibit
from generator.gallery.sample import held, people
from generator.gallery.sample.shop import Shop
from generator.model.catalog import Catalog
from generator.model.live.parts import Url
from generator.model.walk import Subject
from generator.runtime import addresses
from generator.runtime.present import entry as present

EMAIL = people.CLARA.billing.email


def exhibits(shop: Shop) -> Iterator[Exhibit]:
    """In the order in which somebody comes in."""
    public = shop.sold.with_code().public

    def offers(catalog: Catalog, log_in: Url | None) -> Callable[[str], object]:
        frame = shop.frame(addresses.catalog(), None if log_in else people.CLARA)
        return lambda language: present.catalog(frame, catalog, language, _chosen, log_in)

    yield _entry("offers", "filled", "for who is nobody yet", offers(public, addresses.sign_in()), addresses.catalog())
    yield _entry("offers", "signed-in", "for a customer", offers(public, None))
    yield _entry("offers", "empty", "nothing is sold", offers(Catalog(()), addresses.sign_in()))
    here = addresses.sign_in()
    for state, says, email, fault in (
        ("empty", "asks for an address", "", ""),
        ("errors", "nothing was typed", "", "required"),
        ("malformed", "no address was typed", "clara@", "malformed"),
    ):
        yield _entry("sign_in", state, says, _same(present.sign_in(shop.frame(here, None), email, fault)), here)
    here = addresses.sign_in(page=addresses.CODE)
    for state, says, wrong in (("empty", "asks for the code", False), ("errors", "a wrong code was typed", True)):
        yield _entry("code", state, says, _same(present.code_asked(shop.frame(here, None), EMAIL, "", wrong)), here)
    here = addresses.sign_in(page=addresses.ACCOUNT)
    known = (people.CLARA, people.GERMAN, people.ARABIC, replace(people.NEW, billing=people.CLARA.billing))
    owned = [(one, [held.running(one, shop.sold.paid)] if one is not known[-1] else []) for one in known]
    frame = shop.frame(here, None)
    yield _entry(
        "accounts", "filled", "several have one address", lambda of: present.accounts(frame, EMAIL, owned, of), here
    )


def _chosen(plan: str) -> Url:
    return addresses.start("subscribe_to_plan", Subject(plan=plan))


def _same(live: object) -> Callable[[str], object]:
    return lambda _: live


def _entry(name: str, state: str, says: str, live: Callable[[str], object], here: str = "") -> Exhibit:
    return Exhibit("entry", name, f"entry.{name}.html", state, says, live, here)
