"""What is said once for all pages: the currency, the languages, who sells, whose days count, public documents."""

from collections.abc import Iterator

from generator.compiler.versions.change import Change
from generator.model.place import NOWHERE
from generator.model.site import Site


def changes(old: Site, new: Site) -> Iterator[Change]:
    """Each by itself, with what it was."""
    if old.currency != new.currency:
        says = f"amounts are in {new.currency}, and were in {old.currency}"
        yield Change("payment", "", says, NOWHERE, "everybody", at=("site", "currency"))
    if old.languages != new.languages:
        says = f"pages are in {', '.join(new.languages)}, and were in {', '.join(old.languages)}"
        yield Change("screens", "", says, NOWHERE)
    if old.seller != new.seller:
        yield Change("screens", "", f"who sells is {_seller(new)}, and was {_seller(old)}", NOWHERE)
    if old.time_zone != new.time_zone:
        yield Change("screens", "", f"days are those of {new.time_zone}, and were of {old.time_zone}", NOWHERE)
    for name in sorted({*old.urls, *new.urls}):
        was, now = old.urls.get(name, "nowhere"), new.urls.get(name, "nowhere")
        if was != now:
            yield Change("redirect", "", f"`{name}` led to {was}, and leads to {now}", NOWHERE)


def _seller(site: Site) -> str:
    seller = site.seller
    said = (seller.legal_name, seller.address, seller.vat_number, seller.country, seller.registration)
    return ", ".join(word for word in said if word) or "nobody"
