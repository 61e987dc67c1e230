"""Ways in as the merchant asks for them: what makes sense for a customer now, and links to it."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from generator.engine import given as giving
from generator.engine.applying import NOTHING, Holding, Sight, WayIn, applying
from generator.model.customer import Customer
from generator.model.invoice import UNPAID, Invoice
from generator.model.walk import Subject
from generator.model.workflow import PURPOSES, Thing
from generator.runtime import addresses, links, post, rels
from generator.runtime.links import Link
from generator.runtime.parts import Parts
from generator.runtime.sections import Sections
from generator.runtime.survey import Survey


class Unlinkable(Exception):
    """What was asked for is nothing that a link can open: `said` is none of the `known`, where a `thing` was meant."""

    def __init__(self, thing: str, said: str, known: Sequence[str]) -> None:
        super().__init__(f'there is no {thing} "{said}"' if said else f"it is not said which {thing}")
        self.thing, self.said, self.known = thing, said, known


class Unfit(Unlinkable):
    """A value that a link was to give does not fit its field, or there is too much of it."""

    def __init__(self, field: str, value: str) -> None:
        super().__init__("given", value, ())
        self.args = (f'"{value}" is nothing that "{field}" can hold' if field else "this is more than a link can give",)


class WaysIn:
    """Asks the ports; what a customer may open is decided by the same rules as the portal's buttons."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def applying(self, customer: Customer) -> tuple[WayIn, ...]:
        """Every workflow that the customer could begin now, with what it would be about, and every section."""
        if customer.suspended:
            return ()
        biller, site = self._parts.biller, self._parts.library.current.site
        has = (*biller.subscriptions(customer.id), *biller.paid_for(customer.id))
        holdings = tuple(Holding(one, biller.plan_changes(one.id)) for one in has if one.billed == customer.id)
        tabs = Sections(site, customer, Survey(self._parts)).tabs
        sections = tuple(id for id, shown in tabs.items() if shown)
        unpaid = biller.invoices(customer.id, UNPAID)
        return tuple(applying(site, Sight(self._parts.today, biller.catalog(), holdings, unpaid, sections)))

    def link(
        self,
        customer: Customer,
        to: str,
        subject: Subject = NOTHING,
        language: str = "",
        single_use: bool = False,
        mailed: bool = False,
        recipient: str = "",
        given: Mapping[str, str] | None = None,
        promotion: str = "",
    ) -> Link:
        """A link that opens this, by its id or an old rel name, about this. Raises `Unlinkable`.

        An invoice may be named by its number; `recipient` is the merchant's name of whom it is for, where the customer
        pays for somebody else; `given` is for the workflow's hidden and locked fields. Whether it applies at the time
        is seen when it is opened.
        """
        opens = rels.meant(to, subject)
        if opens not in self.destinations:
            raise Unlinkable("workflow or section", to, self.destinations)
        about = PURPOSES[opens].about if opens in PURPOSES else ()
        for thing in about:
            self._known(customer, thing, subject.said.get(thing, ""))
        if recipient:
            self._for(opens, recipient)
        invoice = self._invoice(customer, subject.invoice)
        return Link(
            customer.ref,
            opens,
            subject.plan,
            subject.subscription,
            subject.target,
            invoice.id if invoice else "",
            language,
            single_use,
            mailed,
            recipient,
            self._fitting(opens, given or {}),
            promotion,
        )

    def completed(self, customer: Customer, workflow: str, subject: Subject) -> str:
        """Where a workflow leads of which nobody said what subscription it is about: the only one, else to choose.

        Nowhere where there is none that it could be about.
        """
        applying = (way.subject for way in self.applying(customer) if way.to == workflow)
        fitting = [one for one in applying if subject.said.items() <= one.said.items()]
        if len(fitting) == 1:
            return addresses.start(workflow, fitting[0])
        return addresses.section("subscriptions") if fitting else ""

    def _for(self, opens: str, recipient: str) -> None:
        """Somebody whom the merchant knows, and a workflow that can be for somebody else. Raises `Unlinkable`."""
        for_others = opens in PURPOSES and PURPOSES[opens].for_others
        if not for_others or self._parts.biller.customer_by_ref(recipient) is None:
            raise Unlinkable("recipient", recipient, ())

    def _fitting(self, opens: str, given: Mapping[str, str]) -> Mapping[str, str]:
        """What a link may give there. Raises `Unlinkable`."""
        workflow = self._parts.library.current.site.workflow(opens)
        takers = giving.takers(workflow) if workflow else {}
        for name, value in given.items():
            if name not in takers:
                raise Unlinkable("field", name, tuple(takers))
            if not giving.fits(takers[name], value):
                raise Unfit(name, value)
        if sum(map(len, (*given.keys(), *given.values()))) > giving.MOST:
            raise Unfit("", "")
        return given

    @property
    def destinations(self) -> tuple[str, ...]:
        """Everything that a link can open."""
        site = self._parts.library.current.site
        workflows = (workflow.id for workflow in site.workflows if not workflow.purpose.visitor)
        return (*workflows, "portal", *(f"portal/{section.id}" for section in site.portal.sections))

    def address(self, link: Link, good_for: timedelta | None = None) -> str:
        """The whole address of the link, made now."""
        return links.make(link, self._parts.links, self._parts.base_url, self._parts.clock.now(), good_for)

    def mail(self, customer: Customer, link: Link) -> None:
        """Put a mail with the link into the outbox, to where the customer is billed. Raises `Unlinkable`."""
        if not customer.billing.email:
            raise Unlinkable("address", "", ())
        post.send_link(self._parts, customer, link)

    def revoke(self, customer: Customer) -> None:
        """Whatever was made for the customer until now opens nothing any more, and they are signed in nowhere."""
        self._parts.store.revoke_links(customer.id, self._parts.clock.now())

    def _known(self, customer: Customer, thing: Thing, said: str) -> None:
        """A private plan is reached by link alone, so it need not be in the catalog."""
        biller = self._parts.biller
        match thing:
            case "plan":
                if not said or biller.plan(said) is None:
                    raise Unlinkable("plan", said, tuple(plan.ref for plan in biller.catalog().plans))
            case "subscription" | "target":
                has = (*biller.subscriptions(customer.id), *biller.paid_for(customer.id))
                ids = tuple(one.id for one in has if one.billed == customer.id)
                if said not in ids:
                    raise Unlinkable(thing, said, ids)
            case "invoice":
                if self._invoice(customer, said) is None:
                    unpaid = biller.invoices(customer.id, UNPAID)
                    raise Unlinkable("invoice", said, tuple(one.number for one in unpaid))

    def _invoice(self, customer: Customer, said: str) -> Invoice | None:
        """The customer's invoice of this number or id."""
        biller = self._parts.biller
        found = (biller.invoice_numbered(said) or biller.invoice(said)) if said else None
        return found if found and found.customer == customer.id else None
