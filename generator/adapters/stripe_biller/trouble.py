"""What could not be done at Stripe may be asked for again: whether it was silent or refused, it was not done now."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from generator.adapters.stripe.account import Refused, Said, Silent, asked
from generator.ports.trouble import Unavailable


@contextmanager
def unavailable() -> Iterator[None]:
    """Whatever Stripe did not do within is `Unavailable`."""
    try:
        yield
    except (Silent, Refused) as fault:
        raise Unavailable(f"at Stripe: {fault}") from fault


def every(page: Callable[..., Any], **wanted: Any) -> Iterator[Said]:
    """All that are listed, page by page. Raises what `asked` raises."""
    more: dict[str, Any] = {**wanted, "limit": 100}
    while True:
        said = asked(page, more)
        yield from said["data"]
        if not said["has_more"]:
            return
        more = {**more, "starting_after": said["data"][-1]["id"]}
