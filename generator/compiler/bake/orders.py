"""Which pages a site has, and what each is made of."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.model.pages import (
    BILL_PAGES,
    ENTRY_PAGES,
    MAILS,
    MORE_PAGES,
    NOTICES,
    PARTS,
    PORTAL_PAGES,
    PRINTS,
    STEP_PAGES,
    STEP_PARTS,
    WALK_PAGES,
    PageKind,
)
from generator.model.site import Site
from generator.model.workflow import PURPOSES, AnyStep, Field

Keys = Mapping[str, tuple[str, ...]]
"""The ids in a page's maps, by map."""

MAIL_FILES = (".subject.txt", ".txt", ".html")


_TEMPLATES = {
    **dict.fromkeys(("steps/payment.html", "steps/paying.html", "steps/waiting.html"), "payment"),
    **dict.fromkeys(("steps/form.html", "steps/message.html"), "form"),
    **dict.fromkeys(("portal/billing_info.html", "portal/form.html", "portal/text.html"), "account"),
    **dict.fromkeys((f"portal/{name}.html" for name in ("invoices", "invoice", "credit_note", "statement")), "bills"),
    **dict.fromkeys(("portal/payment_method.html", "portal/remove_method.html"), "account"),
}
_FOLDERS = {"steps": "steps", "portal": "portal", "entry": "entry", "notice.html": "entry"}


def kind_of(template: str) -> str:
    """The kind of page that a template makes, each with a style sheet of its own; mails and paper are of none.

    `form` for what customers say of themselves in a workflow and `account` for the same in the portal, which have the
    longest HTML; `payment` for the last step of a workflow and `steps` for the rest of it; `portal` for what they have
    and `bills` for what it cost; `entry` for who is nobody yet and for notices.
    """
    return _TEMPLATES.get(template) or _FOLDERS.get(template.partition("/")[0], "")


@dataclass(frozen=True)
class Order:
    """One page to bake: its name, template, live names, fields, and what the template is told.

    With a `box` it is only what stands beside that one.
    """

    name: str
    kind: PageKind
    fields: tuple[Field, ...]
    given: Mapping[str, Any]
    box: Field | None = None

    def keys(self, site: Site) -> Keys:
        """The ids in its maps."""
        return {
            "fields": tuple(name for field in self.fields for name in field.inputs),
            "tabs": tuple(section.id for section in site.portal.sections),
        }


def orders(site: Site) -> Iterator[Order]:
    """Every page that is made in each language."""
    yield from _steps(site)
    yield from _sections(site)
    for name, kind in WALK_PAGES.items():
        yield _order(f"walk.{name}.html", kind)
    for name, kind in PRINTS.items():
        yield _order(f"print.{name}.html", kind)
    for name, kind in ENTRY_PAGES.items():
        yield _order(f"entry.{name}.html", kind, entry=name)
    for name, kind in NOTICES.items():
        yield _order(f"notice.{name}.html", kind, notice=name)
    for name, kind in MAILS.items():
        for suffix in MAIL_FILES:
            yield _order(f"mail.{name}{suffix}", PageKind(kind.template + suffix, kind.live), mail=name)


def _steps(site: Site) -> Iterator[Order]:
    for workflow in site.workflows:
        for step in workflow.steps:
            if step.origin == workflow.id:
                kind = _kind_of(step)
                given: dict[str, Any] = {"workflow": workflow, "step": step}
                yield _order(f"{step.page}.html", kind, step.fields, **given)
                for box in step.boxes:
                    yield _order(f"{step.says(box)}.txt", kind, step.fields, box, **given)
                for name, part in STEP_PARTS.get(step.kind, {}).items():
                    yield _order(f"{step.page}.{name}.html", part, step.fields, **given)


def _sections(site: Site) -> Iterator[Order]:
    for section in site.portal.sections:
        if section.kind == "link":
            continue
        yield _order(f"{section.page}.html", PORTAL_PAGES[section.kind], section.fields, section=section)
        for name, more in MORE_PAGES.get(section.kind, {}).items():
            fields = section.fields if name in PARTS else ()
            yield _order(f"{section.page}.{name}.html", more, fields, section=section)


def _order(name: str, kind: PageKind, fields: tuple[Field, ...] = (), box: Field | None = None, **given: Any) -> Order:
    return Order(name, kind, fields, {**given, "page": name}, box)


def _kind_of(step: AnyStep) -> PageKind:
    """A step belongs to the workflow that declares it: where that is about no plan, no page may speak of one."""
    pages = BILL_PAGES if PURPOSES[step.origin].plan == "none" else {}
    return pages.get(step.kind) or STEP_PAGES[step.kind]
