"""Everything that is shown of a definition, in the order of a visit."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from generator.gallery.exhibit import Exhibit
from generator.gallery.sample.shop import Shop
from generator.gallery.sample.sold import Sold
from generator.gallery.showing import ends, entry, mails, notices, papers, portal, steps
from generator.gallery.showing.strips import Strip
from generator.gallery.showing.strips import strips as along
from generator.gallery.staging import Staged
from generator.model.price_list import PriceList
from generator.model.site import Site


@dataclass(frozen=True)
class Collection:
    """`strips` are the paths of each workflow by its id; what they show is among the exhibits."""

    exhibits: tuple[Exhibit, ...]
    strips: dict[str, tuple[Strip, ...]]


def collect(site: Site, prices: PriceList, every_path: bool = False) -> Collection:
    """All of it. Raises `ValueError` where nothing is sold."""
    shop = Shop(site, Sold(prices))
    strips: dict[str, tuple[Strip, ...]] = {}
    shown: list[Exhibit] = []
    walked: list[Staged] = []
    for workflow in site.workflows:
        found = list(along(shop, workflow, every_path))
        shown += steps.exhibits(shop, workflow, [made for made, _ in found])
        done = [_ended(shop, made) for made, _ in found]
        strips[workflow.id] = tuple(
            Strip(workflow, strip.says, (*strip.exhibits, *ended))
            for (_, strip), ended in zip(found, done, strict=True)
        )
        shown += chain.from_iterable(strip.exhibits for strip in strips[workflow.id])
        walked += [made for made, _ in found]
    paying = next((made for made in walked if made.path.case == "pay_now"), None)
    rooms = (entry, portal, notices, mails, papers)
    shown += ends.waiting(shop, paying) if paying else ()
    shown += ends.paying(shop, paying) if paying else ()
    shown += chain.from_iterable(room.exhibits(shop) for room in rooms)
    return Collection(tuple(_once(shown)), strips)


def _ended(shop: Shop, made: Staged) -> tuple[Exhibit, ...]:
    return tuple(ends.done(shop, made))


def _once(shown: list[Exhibit]) -> Iterator[Exhibit]:
    """Several paths lead to the same page: the first one shows it."""
    seen: set[str] = set()
    for one in shown:
        if one.id not in seen:
            seen.add(one.id)
            yield one
