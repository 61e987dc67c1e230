"""What is said once for all pages: the currency, the languages, who sells, the ways to pay, what a pause is at most."""

from collections.abc import Iterator, Sequence

from generator.compiler.versions.change import Change
from generator.model.place import NOWHERE
from generator.model.site import Site
from generator.model.workflow import PaymentStep, Workflow


def changes(old: Site, new: Site) -> Iterator[Change]:
    """Each by itself, with what it was."""
    if old.currency != new.currency:
        says = f"amounts are in {new.currency}, and were in {old.currency}"
        yield Change("payment", "", says, NOWHERE, "everybody", at=("site", "currency"))
    if old.languages != new.languages:
        yield Change("screens", "", f"pages are in {_list(new.languages)}, and were in {_list(old.languages)}", NOWHERE)
    if old.seller != new.seller:
        yield Change("screens", "", f"who sells is {_seller(new)}, and was {_seller(old)}", NOWHERE)
    if old.time_zone != new.time_zone:
        yield Change("screens", "", f"days are those of {new.time_zone}, and were of {old.time_zone}", NOWHERE)
    for name in sorted({*old.urls, *new.urls}):
        was, now = old.urls.get(name, "nowhere"), new.urls.get(name, "nowhere")
        if was != now:
            yield Change("redirect", "", f"`{name}` led to {was}, and leads to {now}", NOWHERE)
    for workflow in old.workflows:
        if now_ := new.workflow(workflow.id):
            yield from _ways(workflow, now_)


def _ways(old: Workflow, new: Workflow) -> Iterator[Change]:
    for step in new.steps:
        before = old.step(step.id)
        if before is None or step.origin != new.id:
            continue
        if isinstance(step, PaymentStep) and isinstance(before, PaymentStep) and step.methods != before.methods:
            says = f"customers may pay by {_list(step.methods)}, and might by {_list(before.methods)}"
            yield Change("screens", new.id, says, step.place)
        for choice in step.choices:
            was = before.choice(choice.id)
            if was is None:
                yield Change("added", new.id, f'the way on "{choice.id}" is new', choice.place)
            elif was.days != choice.days:
                says = f"a pause is {choice.days} days at most, and was {was.days}"
                yield Change("screens", new.id, says, choice.place)
            elif was.promotion != choice.promotion:
                gives, gave = choice.promotion or "nothing", was.promotion or "nothing"
                yield Change("screens", new.id, f"who keeps it is given {gives}, and was given {gave}", choice.place)
        for choice in before.choices:
            if step.choice(choice.id) is None:
                yield Change("screens", new.id, f'the way on "{choice.id}" is gone', step.place)


def _list(words: Sequence[str]) -> str:
    return ", ".join(words) or "nothing"


def _seller(site: Site) -> str:
    seller = site.seller
    said = (seller.legal_name, seller.address, seller.vat_number, seller.country, seller.registration)
    return ", ".join(word for word in said if word) or "nobody"
