"""Use, as the merchant reports it and reads it back."""

from generator.model.customer import Customer
from generator.model.subscription import Subscription
from generator.model.usage import NotCounted, Usage
from generator.runtime.merchant import customers, subscriptions, told
from generator.runtime.merchant.asked import UsageAsked
from generator.runtime.merchant.paging import Wanted, page
from generator.runtime.merchant.told import Page, UsageTold
from generator.runtime.merchant.wrong import Code, Fault, Objection, not_offered
from generator.runtime.parts import Parts

_SAYS: dict[str, tuple[Code, str, str]] = {
    "not_running": ("not-running", "", "the subscription does not run: nothing of it can be used"),
    "no_such_option": ("not-offered", "/option", "this is no option whose use is counted"),
    "term_over": ("term-over", "/at", "the term of that day is over and invoiced: date it in the present term"),
    "not_yet": ("wrong-shape", "/at", "that is still to come: report what was used"),
    "below_zero": ("below-zero", "/amount", "more would be taken back than was used in this term"),
    "key_taken": ("key-taken", "/key", "another report of this customer has this key: give each its own"),
}


def report(parts: Parts, ref: str, asked: UsageAsked) -> UsageTold:
    """Count it, once for each key. Raises `Objection`."""
    customer = customers.find(parts, ref)
    subscription = _subscription(parts, customer, asked)
    usage = Usage(asked.key, customer.id, subscription.id, asked.option, asked.amount, asked.at)
    counted = parts.biller.report(usage)
    if isinstance(counted, NotCounted):
        code, pointer, says = _SAYS[counted.reason]
        raise Objection(code, says, *((Fault(pointer, says),) if pointer else ()))
    return told.usage(counted, customer.ref)


def listed(parts: Parts, id: str, wanted: Wanted) -> Page[UsageTold]:
    """What was reported of a subscription, oldest first."""
    subscription = subscriptions.find(parts, id)
    ref = customers.ref_of(parts, subscription.customer)
    after = int(wanted.after) if wanted.after.isascii() and wanted.after.isdigit() and len(wanted.after) < 16 else 0
    found = parts.biller.reports(subscription.id, after, wanted.most + 1)
    return page(found, wanted, lambda one: told.usage(one[1], ref), lambda one: str(one[0]))


def _subscription(parts: Parts, customer: Customer, asked: UsageAsked) -> Subscription:
    """The one that is named, or the only one that runs and has the option. Raises `Objection`."""
    all = parts.biller.subscriptions(customer.id)
    if asked.subscription is not None:
        named = next((one for one in all if one.id == asked.subscription), None)
        if named is None:
            says = f'the customer has no subscription "{asked.subscription}"'
            raise not_offered("/subscription", says, asked.subscription, [one.id for one in all])
        return named
    counted = {option.ref for one in all for option in one.plan.consumptions}
    if asked.option not in counted:
        says = f'the customer has no option "{asked.option}" whose use is counted'
        raise not_offered("/option", says, asked.option, sorted(counted))
    having = [one for one in all if any(option.ref == asked.option for option in one.plan.consumptions)]
    running = [one for one in having if one.active]
    if len(running) > 1:
        says = f'several subscriptions count "{asked.option}"'
        write = "say which one: " + ", ".join(one.id for one in running)
        raise Objection("not-offered", says, Fault("/subscription", says, write))
    return (running or having)[0]
