"""Every call of the API over HTTP, with what it answers and what it refuses."""

import secrets
from pathlib import Path

import pytest

from generator.rehearsal.stage import KNOWN
from generator.runtime.api.operations import OPERATIONS
from tests.api.calls import get, post, put

EUR = {"currency": "EUR"}


def ref():
    return f"c-{secrets.token_hex(6)}"


@pytest.fixture
def runs(town):
    """A customer on terms with a subscription that counts messages, without its trial."""

    def make(plan="team", **more):
        customer = town.customer(KNOWN, terms_days=90)
        body = {"customer": customer.ref, "plan": plan, **more}
        prepared = post(town, "/subscriptions", body)
        assert prepared.status == 201, prepared.said
        return customer, prepared.said

    return make


def subscribed(town, plan="studio", terms_days=90):
    customer = town.customer(KNOWN, terms_days=terms_days)
    return customer, town.subscribes(customer, plan)


# Customers


def test_a_customer_is_created_and_read(town):
    name = ref()

    made = put(town, f"/customers/{name}", {"language": "fr", "billing": {"email": "a@example.com", "country": "FR"}})

    assert made.status == 200
    assert (made.said["ref"], made.said["language"], made.said["billing"]["country"]) == (name, "fr", "FR")
    assert made.said["billing_complete"] is False
    assert get(town, f"/customers/{name}").said == made.said


def test_what_is_not_said_of_a_customer_stays(town):
    name = ref()
    put(town, f"/customers/{name}", {"tags": ["reseller", "vip"], "terms_days": 30, "billing": {"city": "Lyon"}})

    changed = put(town, f"/customers/{name}", {"suspended": True, "billing": {"company": "Acme"}})

    said = changed.said
    assert (said["tags"], said["terms_days"], said["suspended"]) == (["reseller", "vip"], 30, True)
    assert (said["billing"]["city"], said["billing"]["company"]) == ("Lyon", "Acme")


def test_our_id_will_do_where_the_name_is_not_known(town):
    customer, _ = subscribed(town)

    assert get(town, f"/customers/{customer.id}").said["ref"] == customer.ref
    assert get(town, f"/customers/{customer.id}/entitlements").said["customer"] == customer.ref
    assert put(town, f"/customers/{customer.id}", {"terms_days": 5}).said["ref"] == customer.ref


def test_an_empty_text_takes_away(town):
    name = ref()
    put(town, f"/customers/{name}", {"billing": {"city": "Lyon", "company": "Acme"}})

    assert put(town, f"/customers/{name}", {"billing": {"company": ""}}).said["billing"]["company"] == ""


@pytest.mark.parametrize(
    ("body", "pointer", "write"),
    [
        ({"billing": {"email": "nobody"}}, "/billing/email", ""),
        ({"billing": {"country": "France"}}, "/billing/country", "ISO 3166-1"),
        ({"billing": {"vat_number": "FR00"}}, "/billing/vat_number", ""),
        ({"billing": {"name": "4242 4242 4242 4242"}}, "/billing/name", "card number"),
        ({"billing": {"emial": "a@b.c"}}, "/billing/emial", 'did you mean "email"?'),
        ({"langauge": "fr"}, "/langauge", 'did you mean "language"?'),
        ({"language": "de"}, "/language", "write one of: en, fr"),
        ({"terms_days": "30"}, "/terms_days", "valid integer"),
        ({"terms_days": 1e99}, "/terms_days", ""),
        ({"tags": ["a b"]}, "/tags/0", ""),
        ({"suspended": 1}, "/suspended", ""),
        ([], "", ""),
    ],
)
def test_what_is_wrong_with_a_customer_is_said_with_its_place(town, body, pointer, write):
    refused = put(town, f"/customers/{ref()}", body)

    assert refused.status == 422
    assert refused.headers["Content-Type"] == "application/problem+json"
    (error,) = refused.said["errors"]
    assert error["pointer"] == pointer
    assert write in error["write"]


def test_a_card_number_is_not_repeated(town):
    refused = put(town, f"/customers/{ref()}", {"billing": {"name": "4242424242424242"}})

    assert "4242" not in str(refused.said)


@pytest.mark.parametrize("name", ["-a", "a%20b", "a%0A", "%00", "é", "a" * 121])
def test_a_name_that_cannot_be_one_is_refused(town, name):
    assert put(town, f"/customers/{name}", {}).status == 400


def test_customers_come_by_pages(town):
    names = sorted(put(town, f"/customers/{ref()}", {}).said["ref"] for _ in range(3))
    seen, cursor = [], ""
    while cursor is not None:
        page = get(town, f"/customers?limit=2&cursor={cursor}" if cursor else "/customers?limit=2").said
        assert len(page["items"]) <= 2
        seen += [customer["ref"] for customer in page["items"]]
        cursor = page["next"]

    assert seen == sorted(set(seen))
    assert set(names) <= set(seen)


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=x", "limit=1&limit=2", "cursor=%21", "cursr=a"])
def test_what_is_wrong_in_the_address_is_said(town, query):
    refused = get(town, f"/customers?{query}")

    assert (refused.status, refused.code) == (400, "unknown-parameter")


@pytest.mark.parametrize("ref", ["visitor-1", "-x", "x" * 121])
def test_a_new_customer_has_a_name_that_can_be(town, ref):
    refused = put(town, f"/customers/{ref}", {})

    assert (refused.status, refused.code) == (400, "unknown-parameter")
    assert get(town, f"/customers/{ref}").status == 404


def test_who_is_not_known_is_not_found(town):
    for path in ("", "/entitlements", "/subscriptions", "/invoices", "/links"):
        assert get(town, f"/customers/nobody{path}").code == "unknown-customer"


def test_what_a_customer_agreed_to_is_told(town, visitor):
    customer = town.customer(KNOWN, terms_days=30)
    visitor.open(town.link(customer, "subscribe_to_plan", "studio"))
    visitor.submit(terms="true")
    visitor.submit(method="offline:transfer")

    (consent,) = get(town, f"/customers/{customer.ref}/consents").said["items"]

    assert (consent["field"], consent["given"], consent["at"]) == ("terms", True, "2026-11-22T12:00:00Z")
    assert "terms of sale" in consent["says"]
    assert consent["subscription"]


# Subscriptions


def test_a_subscription_is_prepared_at_the_merchants_price_and_then_taken_back(town, runs):
    customer, said = runs("studio", price={"minor": 3900, **EUR}, starts="2027-02-01")

    assert (said["state"], said["price"], said["started"]) == ("draft_agent", {"minor": 3900, **EUR}, "2027-02-01")
    assert get(town, f"/subscriptions/{said['id']}").said == said
    assert post(town, f"/subscriptions/{said['id']}/withdraw").said["state"] == "deleted"
    assert get(town, f"/customers/{customer.ref}/subscriptions").said["items"] == []


def test_somebody_else_may_pay(town, runs):
    payer = town.customer(KNOWN, terms_days=30)

    customer, said = runs("studio", payer=payer.ref)

    assert (said["customer"], said["payer"]) == (customer.ref, payer.ref)
    assert get(town, f"/customers/{payer.ref}/entitlements").said["subscriptions"] == []


def test_options_are_those_of_the_plan(town, runs):
    _, said = runs("team", options={"seats": 5, "priority_support": True})
    assert said["options"] == {"seats": 5, "priority_support": True}
    assert said["price"]["minor"] == 2900 + 2 * 800 + 1900


@pytest.mark.parametrize(
    ("body", "pointer", "write"),
    [
        ({"plan": "taem"}, "/plan", 'did you mean "team"?'),
        ({"options": {"seat": 5}}, "/options/seat", 'did you mean "seats"?'),
        ({"options": {"seats": 61}}, "/options", "minimum"),
        ({"options": {"messages": 5}}, "/options/messages", "write one of"),
        ({"price": {"minor": 1, "currency": "USD"}}, "/price/currency", "write one of: EUR"),
        ({"price": {"minor": 1.5, "currency": "EUR"}}, "/price/minor", ""),
        ({"starts": "tomorrow"}, "/starts", ""),
        ({"starts": "1066-10-14"}, "/starts", ""),
    ],
)
def test_what_is_not_offered_is_not_prepared(town, body, pointer, write):
    customer = town.customer()

    refused = post(town, "/subscriptions", {"customer": customer.ref, "plan": "team", **body})

    assert refused.status == 422
    assert refused.said["errors"][0]["pointer"] == pointer
    assert write in refused.said["errors"][0]["write"]
    assert town.ledger.subscriptions(customer.id) == ()


def test_a_subscription_is_put_on_hold_goes_on_and_ends(town):
    _, subscription = subscribed(town)
    at = f"/subscriptions/{subscription.id}"

    states = [
        post(town, f"{at}/{does}", body).said["state"]
        for does, body in (
            ("suspend", {}),
            ("resume", {}),
            ("suspend", {"on": "2027-01-01"}),
            ("resume", {}),
            ("end", {}),
            ("resume", {}),
            ("end", {"when": "now"}),
        )
    ]

    assert states == [
        "suspended_agent",
        "active_running",
        "active_delayed_suspension",
        "active_running",
        "active_delayed_termination",
        "active_running",
        "ended_terminated",
    ]
    refused = post(town, f"{at}/resume")
    assert (refused.status, refused.code) == (409, "not-now")
    assert "ended_terminated" in refused.said["detail"]


def test_what_runs_is_not_withdrawn(town):
    _, subscription = subscribed(town)

    assert post(town, f"/subscriptions/{subscription.id}/withdraw").code == "not-now"


def test_there_is_no_such_subscription(town):
    for path in ("withdraw", "suspend", "resume", "end"):
        assert post(town, f"/subscriptions/none/{path}").code == "unknown-subscription"
    assert get(town, "/subscriptions/none").code == "unknown-subscription"
    assert get(town, "/subscriptions/none/usage").code == "unknown-subscription"


# Invoices


def test_a_transfer_that_arrived_pays_an_invoice(town):
    customer, _ = subscribed(town)
    (invoice,) = get(town, f"/customers/{customer.ref}/invoices").said["items"]
    assert (invoice["state"], invoice["total"]) == ("due_offline", {"minor": 5880, **EUR})

    paid = post(town, f"/invoices/{invoice['number']}/received", {"on": "2026-11-22", "reference": "SEPA 77"})

    assert (paid.said["state"], paid.said["received"], paid.said["reference"]) == ("paid", "2026-11-22", "SEPA 77")
    assert get(town, f"/invoices/{invoice['number']}").said == paid.said
    again = post(town, f"/invoices/{invoice['number']}/received", {"on": "2026-11-22", "reference": "SEPA 77"})
    assert again.said == paid.said
    other = post(town, f"/invoices/{invoice['number']}/received", {"reference": "another"})
    assert (other.status, other.code) == (409, "not-payable")


def test_money_does_not_arrive_before_the_invoice_or_tomorrow(town):
    customer, _ = subscribed(town)
    (invoice,) = get(town, f"/customers/{customer.ref}/invoices").said["items"]
    for on in ("2026-11-21", "2026-11-23"):
        refused = post(town, f"/invoices/{invoice['number']}/received", {"on": on})
        assert (refused.code, refused.said["errors"][0]["pointer"]) == ("wrong-shape", "/on")


def test_there_is_no_such_invoice(town):
    for number in ("INV-999999", "INV-1", "INV--1", "nothing", "INV-²"):
        assert get(town, f"/invoices/{number}").code == "unknown-invoice"


# Use and rights


def test_use_is_counted_and_rights_say_what_is_left(town):
    customer = town.customer(KNOWN, terms_days=90)
    subscription = town.subscribes(customer, "team", {"seats": 7})
    body = {"key": "u1", "option": "messages", "amount": 120}

    counted = post(town, f"/customers/{customer.ref}/usage", body)
    assert (counted.status, counted.said["at"]) == (201, "2026-11-22T12:00:00Z")
    assert post(town, f"/customers/{customer.ref}/usage", body).said == counted.said

    rights = get(town, f"/customers/{customer.ref}/entitlements").said
    assert (rights["active"], rights["plans"]) == (True, ["team"])
    (given,) = rights["subscriptions"]
    assert given["until"] == subscription.period_end.isoformat()
    assert {
        name: {key: said for key, said in of.items() if said is not None} for name, of in given["options"].items()
    } == {
        "seats": {"kind": "quantity", "quantity": 7},
        "priority_support": {"kind": "switch", "on": False},
        "messages": {"kind": "consumption", "used": 120, "included": 500, "left": 380},
    }
    assert [one["key"] for one in get(town, f"/subscriptions/{subscription.id}/usage").said["items"]] == ["u1"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"option": "mesages"}, 422, "not-offered"),
        ({"option": "seats"}, 422, "not-offered"),
        ({"amount": -1}, 409, "below-zero"),
        ({"at": "2026-11-01T10:00:00Z"}, 409, "term-over"),
        ({"at": "2026-12-01T10:00:00Z"}, 422, "wrong-shape"),
        ({"at": "2026-11-22T10:00:00"}, 422, "wrong-shape"),
        ({"at": "0001-01-01T00:00:00+23:59"}, 422, "wrong-shape"),
        ({"at": "9999-12-31T23:59:59-23:59"}, 422, "wrong-shape"),
        ({"amount": 10**10}, 422, "wrong-shape"),
        ({"key": ""}, 422, "wrong-shape"),
        ({"subscription": "none"}, 422, "not-offered"),
    ],
)
def test_what_cannot_be_counted_is_refused(town, body, status, code):
    customer = town.customer(KNOWN, terms_days=90)
    town.subscribes(customer, "team")

    refused = post(town, f"/customers/{customer.ref}/usage", {"key": "u", "option": "messages", "amount": 1, **body})

    assert (refused.status, refused.code) == (status, code)


def test_a_key_of_another_report_is_taken(town):
    customer = town.customer(KNOWN, terms_days=90)
    town.subscribes(customer, "team")
    body = {"key": "u", "option": "messages", "amount": 1}
    post(town, f"/customers/{customer.ref}/usage", body)

    assert post(town, f"/customers/{customer.ref}/usage", {**body, "amount": 2}).code == "key-taken"


def test_where_several_subscriptions_count_the_same_it_is_asked_which(town):
    customer = town.customer(KNOWN, terms_days=90)
    one, _ = town.subscribes(customer, "team"), town.subscribes(customer, "team")
    body = {"key": "u", "option": "messages", "amount": 1}

    refused = post(town, f"/customers/{customer.ref}/usage", body)

    assert one.id in refused.said["errors"][0]["write"]
    assert post(town, f"/customers/{customer.ref}/usage", {**body, "subscription": one.id}).status == 201


@pytest.mark.parametrize("does", ["suspend", "end"])
def test_what_does_not_run_gives_nothing(town, does):
    customer, subscription = subscribed(town)
    post(town, f"/subscriptions/{subscription.id}/{does}", {"when": "now"} if does == "end" else {})

    rights = get(town, f"/customers/{customer.ref}/entitlements").said

    assert (rights["active"], rights["plans"]) == (False, [])
    assert all(not given["active"] and not given["options"] for given in rights["subscriptions"])


def test_who_is_on_hold_may_use_nothing(town):
    customer, _ = subscribed(town)
    put(town, f"/customers/{customer.ref}", {"suspended": True})

    assert get(town, f"/customers/{customer.ref}/entitlements").said["active"] is False


def test_what_was_only_prepared_gives_nothing(town, runs):
    customer, _ = runs("studio")

    assert get(town, f"/customers/{customer.ref}/entitlements").said["subscriptions"] == []


# Links


def test_a_link_opens_what_it_was_made_for(town, visitor):
    customer = town.customer(KNOWN)

    made = post(town, "/links", {"customer": customer.ref, "to": "subscribe_to_plan", "plan": "studio", "hours": 2})

    assert (made.status, made.said["expires"]) == (201, "2026-11-22T14:00:00Z")
    visitor.open(made.said["url"])
    assert visitor.step == "summary"


def test_links_are_those_that_make_sense_now(town, visitor):
    customer, _ = subscribed(town)

    links = get(town, f"/customers/{customer.ref}/links?limit=100").said["items"]

    names = [link["to"] for link in links]
    assert {"change_options", "restart_subscription"}.isdisjoint(names)
    assert {"terminate_subscription", "pay_invoice", "portal/invoices"} <= set(names)
    visitor.open(next(link["url"] for link in links if link["to"] == "terminate_subscription"))
    assert visitor.step == "confirm"


@pytest.mark.parametrize(
    ("body", "pointer", "write"),
    [
        ({"to": "subscribe"}, "/to", "did you mean"),
        ({"plan": "taem"}, "/plan", 'did you mean "team"?'),
        ({"plan": None}, "/plan", ""),
        ({"hours": 0}, "/hours", ""),
    ],
)
def test_a_link_that_leads_nowhere_is_not_made(town, body, pointer, write):
    customer = town.customer()

    refused = post(town, "/links", {"customer": customer.ref, "to": "subscribe_to_plan", "plan": "team", **body})

    assert refused.status == 422
    assert refused.said["errors"][0]["pointer"] == pointer
    assert write in refused.said["errors"][0]["write"]


def test_a_link_is_mailed_for_another_with_a_promotion(town, visitor):
    payer, recipient = town.customer(KNOWN), town.customer()
    said = {"customer": payer.ref, "to": "subscribe_to_plan", "plan": "studio", "mail": True}

    made = post(town, "/links", {**said, "recipient": recipient.ref})

    assert made.status == 201
    mails = [mail for mail in town.parts.store.outbox(town.clock.now(), 99) if mail.to == payer.billing.email]
    assert mails[-1].about == "link.subscribe_to_plan"
    visitor.open(made.said["url"])
    assert visitor.step == "summary"
    nobody = post(town, "/links", {**said, "customer": recipient.ref})
    assert (nobody.status, nobody.said["errors"][0]["pointer"]) == (422, "/mail")


def test_revoked_links_open_nothing(town, visitor):
    customer = town.customer(KNOWN)
    made = post(town, "/links", {"customer": customer.ref, "to": "portal"})

    revoked = post(town, f"/customers/{customer.ref}/links/revoke", {})

    assert (revoked.status, revoked.said["ref"]) == (200, customer.ref)
    assert visitor.open(made.said["url"]).status == 410


def test_a_visitor_is_claimed_once_and_by_a_name_that_is_free(town):
    came, other = town.ledger.welcome("en", KNOWN), town.customer()
    name = f"{other.ref}-new"

    for ref, code in ((other.ref, "name-taken"), ("visitor-1", "wrong-shape")):
        assert post(town, f"/customers/{came.id}/claim", {"ref": ref}).said["type"].endswith(code)
    claimed = post(town, f"/customers/{came.id}/claim", {"ref": name})

    assert (claimed.status, claimed.said["ref"], claimed.said["id"]) == (200, name, came.id)
    assert get(town, f"/customers/{name}").said["id"] == came.id
    assert post(town, f"/customers/{came.id}/claim", {"ref": name}).said == claimed.said
    assert post(town, f"/customers/{came.id}/claim", {"ref": f"{name}er"}).said["type"].endswith("not-now")


# All of it


def test_every_call_is_tested_here(town):
    """By its address: what is declared is asked for somewhere above."""
    here = Path(__file__).parent
    words = "".join((here / name).read_text(encoding="utf-8") for name in ("test_calls.py", "test_accounts.py"))
    for operation in OPERATIONS:
        last = operation.path.rsplit("/", 1)[-1]
        assert last.startswith("{") or last in words, operation.id
