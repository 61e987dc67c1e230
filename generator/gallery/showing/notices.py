"""Pages that say one thing and lead on: each of them, and every reason that they may give."""

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from generator.gallery.exhibit import Exhibit
from generator.gallery.sample import people
from generator.gallery.sample.shop import Shop
from generator.model.action import InvoiceRule, Rule
from generator.model.live import live_of
from generator.model.live.notices import NotNowPage, Why
from generator.model.pages import NOTICES
from generator.runtime import addresses
from generator.runtime.desk import SIGN_IN_LEADS_ON

HERE = "/l/sample"


def exhibits(shop: Shop) -> Iterator[Exhibit]:
    """Each for a customer; and for who is nobody, where that makes a difference."""
    for name, kind in NOTICES.items():
        yield _notice(shop, name, "filled", "for a customer", {})
        if name in SIGN_IN_LEADS_ON:
            yield _notice(shop, name, "visitor", "for who is nobody here", {})
        if live_of(kind) is NotNowPage:
            rules: tuple[Why, ...] = get_args(Rule if name == "not_now" else InvoiceRule)
            for why in rules:
                yield _notice(shop, name, why.replace("_", "-"), f"because of the rule {why}", {"why": why})


def _notice(shop: Shop, name: str, state: str, says: str, more: Mapping[str, Any]) -> Exhibit:
    kind = live_of(NOTICES[name])
    nobody = state == "visitor"
    frame = shop.frame(HERE, None if nobody else people.CLARA)
    go_on = None if nobody else addresses.portal()
    sign_in = addresses.sign_in() if nobody else None
    said = {"why": "", **more} if kind is NotNowPage else more
    live = kind(frame.here, frame.csrf, frame.who, go_on, "portal", sign_in, **said)
    return Exhibit("notice", name, f"notice.{name}.html", state, says, lambda _: live)
