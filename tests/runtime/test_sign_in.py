"""Signing in by a mailed code: the same answers for everybody, and nobody gets in who does not read the mail."""

from dataclasses import replace
from datetime import timedelta

import pytest

from generator.model.code import MOST_ASKED, TRIES
from generator.rehearsal.stage import KNOWN
from generator.rehearsal.visitor import Visitor
from generator.runtime.app import create

ADA = "ada@example.com"


def asks(town, visitor, email=ADA, to=""):
    return visitor.open(f"{town.pages}/sign-in{to}").submit("Mail me a code", email=email)


def mailed(town):
    """The codes that were mailed, the newest first."""
    mails = town.parts.store.outbox(town.clock.now(), 99)
    return [mail.subject.split()[0] for mail in reversed(mails) if mail.about == "code"]


@pytest.fixture
def town(own_town):
    return own_town()


def test_known_and_unknown_addresses_are_answered_alike(town, visitor):
    town.customer(KNOWN)

    known, unknown = asks(town, visitor), asks(town, Visitor(), "nobody@example.com")
    assert known.text.replace(ADA, "…") == unknown.text.replace("nobody@example.com", "…")
    assert known.submit("Sign in", code="1").text.replace(ADA, "…") == unknown.submit("Sign in", code="1").text.replace(
        "nobody@example.com", "…"
    )
    assert len(mailed(town)) == 1


def test_signing_in_changes_the_visit_and_leads_where_one_wanted_to_go(town, visitor):
    town.customer(KNOWN)
    asks(town, visitor, to="?to=/portal/billing_info")
    before = {cookie.value for cookie in visitor.cookies}

    visitor.submit("Sign in", code=" ".join(mailed(town)[0]))

    assert visitor.url == f"{town.pages}/portal/billing_info"
    assert before.isdisjoint({cookie.value for cookie in visitor.cookies})


@pytest.mark.parametrize("to", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_it_leads_nowhere_else(town, visitor, to):
    town.customer(KNOWN)
    asks(town, visitor, to=f"?to={to}")
    visitor.submit("Sign in", code=mailed(town)[0])

    assert visitor.url == f"{town.pages}/portal/subscriptions"


def test_after_five_wrong_ones_the_right_one_is_worth_nothing(town, visitor):
    town.customer(KNOWN)
    asks(town, visitor)
    code = mailed(town)[0]

    for wrong in range(TRIES):
        assert visitor.submit("Sign in", code=f"{(int(code) + wrong + 1) % 1_000_000:06d}").status == 422
    assert visitor.submit("Sign in", code=code).status == 422


def test_a_code_is_over_after_ten_minutes(town, visitor):
    town.customer(KNOWN)
    asks(town, visitor)
    town.clock.travel(timedelta(minutes=10, seconds=1))

    assert visitor.submit("Sign in", code=mailed(town)[0]).status == 422


def test_only_the_newest_code_of_an_address_is_good_and_only_once(town, visitor):
    town.customer(KNOWN)
    other = Visitor()
    asks(town, visitor)
    (old,) = mailed(town)
    town.clock.travel(timedelta(seconds=1))
    asks(town, other)
    new = mailed(town)[0]

    assert visitor.submit("Sign in", code=old).status == (422 if old != new else 200)
    assert other.submit("Sign in", code=new).status == 200
    assert visitor.submit("Sign in", code=new).status == 422


def test_a_code_is_kept_as_nothing_that_can_be_read(town, visitor):
    town.customer(KNOWN)
    asks(town, visitor)
    code = mailed(town)[0]

    with town.ledger._database.read() as connection:
        row = connection.exec_driver_sql("SELECT address, digest FROM codes").one()
    assert ADA not in row.address
    assert code not in row.digest
    assert len(row.digest) == 64


def test_an_address_is_sent_only_so_many_whether_it_is_known_or_not(town):
    town.customer(KNOWN)

    for email in (ADA, "nobody@example.com"):
        answers = []
        for number in range(MOST_ASKED + 1):
            browser = create(replace(town.parts, proxies=1)).test_client()
            client = {"X-Forwarded-For": f"10.2.{number}.1"}
            page = browser.get("/sign-in", base_url=town.pages, headers=client).text
            csrf = page.split('name="csrf" value="')[1].split('"')[0]
            answer = browser.post(
                "/sign-in",
                base_url=town.pages,
                data={"csrf": csrf, "email": email},
                headers={**client, "Origin": town.pages},
            )
            answers.append(answer.status_code)
        assert answers == [303] * MOST_ASKED + [429]
    assert len(mailed(town)) == MOST_ASKED


def test_a_client_asks_only_so_often(town, visitor):
    answers = [asks(town, visitor, f"ada{number}@example.com").status for number in range(11)]

    assert answers == [200] * 10 + [429]
    assert visitor.title == "One moment"


def test_several_customers_of_one_address_choose_and_nobody_elses_account_is_among_them(town, visitor):
    ada = town.customer(replace(KNOWN, company="Analytical SAS"))
    engine = town.customer(replace(KNOWN, company="Engine Ltd", email="ADA@example.com"))
    stranger = town.customer(replace(KNOWN, email="bob@example.com"))
    asks(town, visitor)
    visitor.submit("Sign in", code=mailed(town)[0])

    assert visitor.title == "Which account?"
    assert "Analytical SAS" in visitor.text
    assert stranger.id not in visitor.html
    forged = visitor.request("Engine Ltd")
    forged.data = forged.data.replace(engine.id.encode(), stranger.id.encode())
    assert Visitor(cookies=visitor.cookies).send(forged).title == "Sign in"
    visitor.submit("Engine Ltd")
    visitor.open("/portal/billing_info")
    assert visitor.value("company") == "Engine Ltd"
    assert ada.id != engine.id


def test_letters_that_only_look_alike_are_somebody_elses(town, visitor):
    town.customer(KNOWN)
    asks(town, visitor, "\u00e0da@example.com")
    asks(town, Visitor(), "ada@example.\u212aom".replace("\u212a", "c"))

    assert len(mailed(town)) == 1


def test_a_form_from_elsewhere_asks_for_no_code(town, visitor):
    town.customer(KNOWN)
    visitor.open(f"{town.pages}/sign-in")
    stolen = Visitor().send(visitor.request("Mail me a code", email=ADA))

    assert stolen.status == 403
    assert mailed(town) == []


def test_a_mail_that_went_out_leaves_no_code_behind(town, visitor):
    town.customer(KNOWN)
    asks(town, visitor)
    (mail,) = town.parts.store.outbox(town.clock.now(), 9)
    town.parts.store.brought(mail.id)

    with town.ledger._database.read() as connection:
        assert connection.exec_driver_sql("SELECT record FROM deliveries WHERE channel = 'mail'").scalars().all() == [
            ""
        ]


@pytest.mark.parametrize("path", ["/nowhere", "/l/nonsense", "/portal/nowhere", "/catalog", "/sign-in"])
def test_every_page_says_who_one_is_and_offers_the_other_language(town, visitor, path):
    visitor.open(town.link(town.customer(KNOWN), "portal"))
    visitor.open(f"{town.pages}{path}")

    assert "You are signed in as Ada Lovelace" in " ".join("".join(visitor.page.itertext()).split())
    visitor.submit("français")
    assert '<html lang="fr"' in visitor.html


def test_the_language_switch_keeps_what_the_address_says(town, visitor):
    visitor.open(f"{town.pages}/start/anonymous_subscription?plan=studio")
    visitor.submit("français")

    assert visitor.status == 200
    assert visitor.title == "Vos coordonnées de facturation"
