"""Every call of the API, declared once: the server and the OpenAPI document are made from this list."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from generator.runtime.merchant import customers, entitlements, invoices, statements, subscriptions, usage, ways
from generator.runtime.merchant.asked import (
    Asked,
    ClaimAsked,
    CustomerAsked,
    DisputeEndedAsked,
    EndAsked,
    HoldAsked,
    LinkAsked,
    NothingAsked,
    PreparedAsked,
    ReasonAsked,
    ReceivedAsked,
    RefundAsked,
    UsageAsked,
)
from generator.runtime.merchant.paging import Wanted
from generator.runtime.merchant.statements import Days
from generator.runtime.merchant.told import (
    ConsentTold,
    CreditNoteTold,
    CustomerTold,
    EntitlementsTold,
    InvoiceTold,
    LinkTold,
    Page,
    RefundTold,
    StatementTold,
    SubscriptionTold,
    Told,
    UsageTold,
)
from generator.runtime.merchant.wrong import Code
from generator.runtime.parts import Parts

Method = Literal["get", "put", "post"]


@dataclass(frozen=True)
class Call:
    """One request, read. `key` names what it does, where that must not be done twice; empty where it may."""

    path: Mapping[str, str]
    body: Any
    wanted: Wanted
    key: str
    days: Days


@dataclass(frozen=True)
class Operation:
    """`does` answers, or raises `Objection` with one of `may` beside what any call may be refused with."""

    id: str
    method: Method
    path: str
    says: str
    does: Callable[[Parts, Call], Told]
    answers: type[Told]
    asks: type[Asked] | None = None
    status: int = 200
    may: tuple[Code, ...] = ()
    paged: bool = field(default=False)
    spans: bool = False
    """Whether the address may say from which day to which."""

    @property
    def acts(self) -> bool:
        """Whether it changes anything, so that it may come with an Idempotency-Key."""
        return self.method != "get"


OPERATIONS: tuple[Operation, ...] = (
    Operation(
        "listCustomers",
        "get",
        "/customers",
        "Customers, in the order of their refs.",
        lambda parts, call: customers.listed(parts, call.wanted),
        Page[CustomerTold],
        paged=True,
    ),
    Operation(
        "readCustomer",
        "get",
        "/customers/{ref}",
        "One customer, by your name for them; everywhere our id, as redirects carry it in `idc`, will do, too.",
        lambda parts, call: customers.show(parts, call.path["ref"]),
        CustomerTold,
        may=("unknown-customer",),
    ),
    Operation(
        "putCustomer",
        "put",
        "/customers/{ref}",
        "Create a customer, or change what is said of one and nothing else.",
        lambda parts, call: customers.put(parts, call.path["ref"], call.body),
        CustomerTold,
        CustomerAsked,
        may=("not-offered",),
    ),
    Operation(
        "claimCustomer",
        "post",
        "/customers/{ref}/claim",
        "Give a customer who came as a visitor your own name; `ref` is our id, as redirects carry it in `idc`.",
        lambda parts, call: customers.claim(parts, call.path["ref"], call.body),
        CustomerTold,
        ClaimAsked,
        may=("unknown-customer", "name-taken", "not-now"),
    ),
    Operation(
        "revokeLinks",
        "post",
        "/customers/{ref}/links/revoke",
        "No link that was made for the customer until now opens anything any more, and they are signed in nowhere.",
        lambda parts, call: ways.revoke(parts, call.path["ref"]),
        CustomerTold,
        NothingAsked,
        may=("unknown-customer",),
    ),
    Operation(
        "readEntitlements",
        "get",
        "/customers/{ref}/entitlements",
        "What the customer may use now.",
        lambda parts, call: entitlements.show(parts, call.path["ref"]),
        EntitlementsTold,
        may=("unknown-customer",),
    ),
    Operation(
        "reportUsage",
        "post",
        "/customers/{ref}/usage",
        "Count what was used of an option, once for each `key`.",
        lambda parts, call: usage.report(parts, call.path["ref"], call.body),
        UsageTold,
        UsageAsked,
        201,
        may=("unknown-customer", "not-offered", "not-running", "term-over", "below-zero", "key-taken"),
    ),
    Operation(
        "listSubscriptions",
        "get",
        "/customers/{ref}/subscriptions",
        "All subscriptions that the customer has, had or was offered, newest first.",
        lambda parts, call: subscriptions.listed(parts, call.path["ref"], call.wanted),
        Page[SubscriptionTold],
        may=("unknown-customer",),
        paged=True,
    ),
    Operation(
        "listInvoices",
        "get",
        "/customers/{ref}/invoices",
        "All invoices of the customer, newest first.",
        lambda parts, call: invoices.listed(parts, call.path["ref"], call.wanted),
        Page[InvoiceTold],
        may=("unknown-customer",),
        paged=True,
    ),
    Operation(
        "readStatement",
        "get",
        "/customers/{ref}/statement",
        "What the customer owed, was invoiced, paid and got back, from one day to another, currency by currency.",
        lambda parts, call: statements.show(parts, call.path["ref"], call.days),
        StatementTold,
        may=("unknown-customer",),
        spans=True,
    ),
    Operation(
        "listConsents",
        "get",
        "/customers/{ref}/consents",
        "What the customer agreed to, word for word, the oldest first.",
        lambda parts, call: customers.consents(parts, call.path["ref"], call.wanted),
        Page[ConsentTold],
        may=("unknown-customer",),
        paged=True,
    ),
    Operation(
        "listLinks",
        "get",
        "/customers/{ref}/links",
        "A link for everything that the customer could do now, and for nothing else.",
        lambda parts, call: ways.applying(parts, call.path["ref"], call.wanted),
        Page[LinkTold],
        may=("unknown-customer",),
        paged=True,
    ),
    Operation(
        "prepareSubscription",
        "post",
        "/subscriptions",
        "Prepare a subscription for one customer, at any price, which waits until they take it.",
        lambda parts, call: subscriptions.prepare(parts, call.body, call.key),
        SubscriptionTold,
        PreparedAsked,
        201,
        may=("unknown-customer", "not-offered"),
    ),
    Operation(
        "readSubscription",
        "get",
        "/subscriptions/{id}",
        "One subscription.",
        lambda parts, call: subscriptions.show(parts, call.path["id"]),
        SubscriptionTold,
        may=("unknown-subscription",),
    ),
    Operation(
        "withdrawSubscription",
        "post",
        "/subscriptions/{id}/withdraw",
        "Take back what was prepared and is not taken yet.",
        lambda parts, call: subscriptions.withdraw(parts, call.path["id"]),
        SubscriptionTold,
        NothingAsked,
        may=("unknown-subscription", "not-now", "under-way"),
    ),
    Operation(
        "suspendSubscription",
        "post",
        "/subscriptions/{id}/suspend",
        "Put a subscription on hold, at once or from a later day.",
        lambda parts, call: subscriptions.suspend(parts, call.path["id"], call.body),
        SubscriptionTold,
        HoldAsked,
        may=("unknown-subscription", "not-now", "under-way"),
    ),
    Operation(
        "resumeSubscription",
        "post",
        "/subscriptions/{id}/resume",
        "Let a subscription go on that you put on hold, or that was to end or to be put on hold.",
        lambda parts, call: subscriptions.resume(parts, call.path["id"]),
        SubscriptionTold,
        NothingAsked,
        may=("unknown-subscription", "not-now", "under-way"),
    ),
    Operation(
        "endSubscription",
        "post",
        "/subscriptions/{id}/end",
        "End a subscription, now or when its term is over. What was used is invoiced.",
        lambda parts, call: subscriptions.end(parts, call.path["id"], call.body),
        SubscriptionTold,
        EndAsked,
        may=("unknown-subscription", "not-now", "under-way"),
    ),
    Operation(
        "listUsage",
        "get",
        "/subscriptions/{id}/usage",
        "What was reported of a subscription, oldest first.",
        lambda parts, call: usage.listed(parts, call.path["id"], call.wanted),
        Page[UsageTold],
        may=("unknown-subscription",),
        paged=True,
    ),
    Operation(
        "readInvoice",
        "get",
        "/invoices/{number}",
        "One invoice.",
        lambda parts, call: invoices.show(parts, call.path["number"]),
        InvoiceTold,
        may=("unknown-invoice",),
    ),
    Operation(
        "receiveTransfer",
        "post",
        "/invoices/{number}/received",
        "The money for an invoice has arrived by transfer: it is paid.",
        lambda parts, call: invoices.receive(parts, call.path["number"], call.body),
        InvoiceTold,
        ReceivedAsked,
        may=("unknown-invoice", "not-payable", "under-way"),
    ),
    Operation(
        "refundInvoice",
        "post",
        "/invoices/{number}/refund",
        "Give money back of a paid invoice, a part or all that is left; a credit note says so.",
        lambda parts, call: invoices.refund(parts, call.path["number"], call.body, call.key),
        RefundTold,
        RefundAsked,
        may=("unknown-invoice", "not-now", "too-much", "under-way", "not-refunded", "key-reused"),
    ),
    Operation(
        "voidInvoice",
        "post",
        "/invoices/{number}/void",
        "Take back an invoice that is not paid, by a credit note over all of it.",
        lambda parts, call: invoices.void(parts, call.path["number"], call.body),
        InvoiceTold,
        ReasonAsked,
        may=("unknown-invoice", "not-now", "under-way"),
    ),
    Operation(
        "writeOffInvoice",
        "post",
        "/invoices/{number}/write-off",
        "Expect no more that an invoice will be paid. It stays owed, and a transfer still pays it.",
        lambda parts, call: invoices.write_off(parts, call.path["number"], call.body),
        InvoiceTold,
        ReasonAsked,
        may=("unknown-invoice", "not-now", "under-way"),
    ),
    Operation(
        "disputeInvoice",
        "post",
        "/invoices/{number}/dispute",
        "The customer, or their bank, objects to an invoice: it is not charged and not dunned meanwhile.",
        lambda parts, call: invoices.dispute(parts, call.path["number"], call.body),
        InvoiceTold,
        ReasonAsked,
        may=("unknown-invoice", "not-now", "under-way"),
    ),
    Operation(
        "endDispute",
        "post",
        "/invoices/{number}/dispute/end",
        "The dispute is over: won, all is as before; lost, a credit note takes back what is left of the invoice.",
        lambda parts, call: invoices.end_dispute(parts, call.path["number"], call.body),
        InvoiceTold,
        DisputeEndedAsked,
        may=("unknown-invoice", "not-now", "under-way"),
    ),
    Operation(
        "readCreditNote",
        "get",
        "/credit-notes/{number}",
        "One credit note.",
        lambda parts, call: invoices.credit_note(parts, call.path["number"]),
        CreditNoteTold,
        may=("unknown-credit-note",),
    ),
    Operation(
        "listCreditNotes",
        "get",
        "/customers/{ref}/credit-notes",
        "All credit notes of the customer, newest first.",
        lambda parts, call: invoices.credit_notes(parts, call.path["ref"], call.wanted),
        Page[CreditNoteTold],
        may=("unknown-customer",),
        paged=True,
    ),
    Operation(
        "makeLink",
        "post",
        "/links",
        "An encrypted way in for one customer.",
        lambda parts, call: ways.make(parts, call.body),
        LinkTold,
        LinkAsked,
        201,
        may=("unknown-customer", "not-offered"),
    ),
)
