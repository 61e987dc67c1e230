"""The live names of pages for who is nobody yet."""

from collections.abc import Callable, Sequence

from generator.model import code
from generator.model.catalog import Catalog
from generator.model.customer import Customer
from generator.model.live import entry as live
from generator.model.live.parts import Url
from generator.model.subscription import Subscription
from generator.model.text import words_in
from generator.runtime import addresses
from generator.runtime.present import offers
from generator.runtime.present.shell import Frame

MINUTES = int(code.GOOD_FOR.total_seconds()) // 60


def sign_in(frame: Frame, email: str = "", fault: str = "") -> live.SignInPage:
    return live.SignInPage(frame.here, frame.csrf, frame.who, email, fault)  # type: ignore[arg-type]


def code_asked(frame: Frame, email: str, onward: str, wrong: bool = False) -> live.CodePage:
    again = addresses.sign_in(onward)
    return live.CodePage(frame.here, frame.csrf, frame.who, email, MINUTES, "wrong" if wrong else "", again)


def accounts(
    frame: Frame, email: str, customers: Sequence[tuple[Customer, Sequence[Subscription]]], language: str
) -> live.AccountsPage:
    """Each by its name and by what it has: two of one name that have nothing are told apart by their ids."""
    names = [customer.billing.company or customer.billing.name or customer.billing.email for customer, _ in customers]
    views = []
    for name, (customer, has) in zip(names, customers, strict=True):
        titles = ", ".join(dict.fromkeys(words_in(one.plan.title, language) for one in has if one.active))
        id = customer.id if names.count(name) > 1 else ""
        views.append(live.AccountView(customer.id, name, titles or id))
    return live.AccountsPage(frame.here, frame.csrf, frame.who, email, tuple(views))


def catalog(
    frame: Frame, catalog: Catalog, language: str, choose: Callable[[str], Url], log_in: Url | None
) -> live.OffersPage:
    """`choose` says where a plan leads."""
    tables = tuple(
        live.OfferTable(
            words_in(table.title, language),
            tuple(live.OfferCard(offers.plan(plan, language), choose(plan.ref)) for plan in table.plans),
        )
        for table in catalog.tables
        if table.plans
    )
    return live.OffersPage(frame.here, frame.csrf, frame.who, tables, bool(tables), log_in)
