"""A condition in the portal reads only what is known of what it stands at."""

from collections.abc import Iterator

from generator.model.portal import Section, read_by
from generator.model.problem import Problem
from generator.model.rule import Rule
from generator.model.site import Site

CUSTOMER = ("customer",)


def check(site: Site) -> Iterator[Problem]:
    """A section is for a customer; a button may be about a subscription or an invoice. No walk's answers are known."""
    for section in site.portal.sections:
        for roots, rule in conditions(section):
            for leaf in rule.leaves:
                if leaf.name.partition(".")[0] not in roots:
                    says = f'"{leaf.name}" is not known in the section "{section.id}", where this is asked'
                    known = " or ".join(f"`{root}`" for root in roots)
                    yield Problem("unknown-here", leaf.place, says, f"ask about {known}")


def conditions(section: Section) -> Iterator[tuple[tuple[str, ...], Rule]]:
    """Every condition in a section, with the roots of the names that it may read."""
    yield CUSTOMER, section.when
    yield from ((CUSTOMER, field.when) for field in section.fields)
    yield from ((read_by(section.kind, id), button.when) for id, button in section.buttons.items())
