"""The price that follows what is typed: worked out from the same bundle, kept nowhere, asked for by our pages alone."""

from urllib.parse import urlsplit
from urllib.request import Request

from sqlalchemy import func, select

from generator.adapters.sql.ledger_tables import quotes
from generator.rehearsal.stage import KNOWN


def at_options(town, visitor):
    ada = town.customer(KNOWN)
    visitor.open(town.link(ada, "subscribe_to_plan", "team"))
    assert visitor.step == "options"
    return ada


def looked(visitor, **typed):
    """The answer to what the page's script would ask; the customer stays where they are."""
    request = visitor.request(**typed)
    request.full_url += "?part=quote"
    return type(visitor)(cookies=visitor.cookies).send(request)


def kept(town):
    with town.ledger._database.read() as connection:
        return connection.scalar(select(func.count()).select_from(quotes))


def test_looking_keeps_nothing(town, visitor):
    ada = at_options(town, visitor)
    walk = urlsplit(visitor.url).path.split("/")[2]
    before, quotes_before = town.parts.store.walk(walk), kept(town)

    seen = looked(visitor, option__seats="9")

    assert seen.status == 200
    assert "€92.40" in seen.text
    assert "<html" not in seen.html
    assert seen.headers["cache-control"] == "no-store"
    assert town.parts.store.walk(walk) == before
    assert kept(town) == quotes_before
    assert town.charges(ada) == []


def test_what_is_wrong_is_said_with_the_field_that_it_is_about(town, visitor):
    at_options(town, visitor)
    for typed, words in (("2", "at least 3"), ("61", "at most 60"), ("", "whole number"), ("1e1", "whole number")):
        seen = looked(visitor, option__seats=typed)
        assert seen.status == 422
        assert 'data-part="fault-seats"' in seen.html
        assert words in seen.text


def test_only_our_page_may_look(town, visitor):
    at_options(town, visitor)

    assert looked(visitor, csrf="made up").status == 403
    request = visitor.request()
    strange = Request(request.full_url + "?part=quote", request.data, {"Origin": "https://elsewhere.example"})
    assert type(visitor)(cookies=visitor.cookies).send(strange).status == 403


def test_nobody_looks_into_another_customers_walk_nor_at_a_step_without_a_price(town, visitor):
    at_options(town, visitor)
    address = visitor.url
    stranger = type(visitor)().open(town.link(town.customer(KNOWN), "subscribe_to_plan", "team"))
    request = stranger.request()
    request.full_url = address + "?part=quote"
    assert stranger.send(request).status == 404

    visitor.submit()
    assert visitor.step == "summary"
    assert looked(visitor).status == 409


def test_who_looks_without_end_is_told_to_wait(town, visitor):
    at_options(town, visitor)

    statuses = {looked(visitor, option__seats="5").status for _ in range(125)}

    assert statuses == {200, 429}
    assert looked(visitor).headers["retry-after"] == "60"
    assert visitor.submit(option__seats="5").step == "summary"


def test_a_plan_that_is_withdrawn_meanwhile_has_no_price(own_town, visitor):
    town = own_town()
    at_options(town, visitor)
    town.change_plan("team", lambda plan: None)

    assert looked(visitor).status == 409
