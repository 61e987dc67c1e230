"""`/sign-in…` and `/catalog`: what somebody sees who is nobody yet."""

import re

from flask import Flask, Response, request

from generator.engine import redirect
from generator.model.code import COUNTED_FOR
from generator.model.customer import Customer
from generator.model.live.parts import Url
from generator.model.site import Audience, Site
from generator.model.walk import Subject
from generator.runtime import addresses
from generator.runtime.desk import Desk
from generator.runtime.present import entry as present
from generator.runtime.screens import GoOut, GoTo, Notice, Refusal
from generator.runtime.signing_in import SigningIn

ADDRESS = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}")
"""Good enough to send something there: whether it is anybody's is not for us to say."""


def register(app: Flask, desk: Desk) -> None:
    """Add the addresses of entry."""
    parts = desk.parts
    signing_in = SigningIn(parts)

    def onward() -> str:
        """The page of ours that one wanted to see, if that is one."""
        wanted = request.args.get("to", "")
        return addresses.ours(wanted) if wanted else ""

    def signed_in(customer: Customer, address: str) -> Response:
        desk.sign_in(customer.id, address)
        return desk.answer(GoTo(onward() or addresses.portal()))

    @app.get("/sign-in")
    def sign_in() -> Response:
        frame = desk.frame(addresses.sign_in(onward()), desk.whoever())
        return desk.page("entry.sign_in", present.sign_in(frame), language())

    @app.post("/sign-in")
    def ask() -> Response:
        """The answer does not tell whether anybody has this address."""
        email = desk.form().get("email", "").strip()
        if not ADDRESS.fullmatch(email) or not email.isprintable():
            frame = desk.frame(addresses.sign_in(onward()), desk.whoever())
            live = present.sign_in(frame, email, "malformed" if email else "required")
            return desk.page("entry.sign_in", live, language(), 422)
        desk.may_try("sign_in", desk.client)
        desk.limits.count("sign_in", desk.client)
        if not signing_in.ask(email, language()):
            raise Refusal(Notice("too_often", headers={"Retry-After": str(int(COUNTED_FOR.total_seconds()))}))
        desk.waits_for_code(email)
        return desk.answer(GoTo(addresses.sign_in(onward(), addresses.CODE)))

    @app.get("/sign-in/code")
    def code() -> Response:
        if not desk.visit.address:
            return desk.answer(GoTo(addresses.sign_in(onward())))
        return _code()

    @app.post("/sign-in/code")
    def answer() -> Response:
        typed, address = desk.form().get("code", ""), desk.visit.address
        if not address:
            return desk.answer(GoTo(addresses.sign_in(onward())))
        desk.may_try("code", desk.client)
        desk.limits.count("code", desk.client)
        customers = signing_in.customers(address) if signing_in.right(address, typed) else ()
        if not customers:
            return _code(wrong=True)
        if len(customers) == 1:
            return signed_in(customers[0], address)
        desk.sign_in("", address)
        return desk.answer(GoTo(addresses.sign_in(onward(), addresses.ACCOUNT)))

    @app.get("/sign-in/account")
    def account() -> Response:
        if not desk.visit.proved:
            return desk.answer(GoTo(addresses.sign_in(onward())))
        address = desk.visit.address
        owned = [(one, parts.biller.subscriptions(one.id)) for one in signing_in.customers(address)]
        frame = desk.frame(addresses.sign_in(onward(), addresses.ACCOUNT), desk.whoever())
        return desk.page("entry.accounts", present.accounts(frame, address, owned, language()), language())

    @app.post("/sign-in/account")
    def choose() -> Response:
        """One of those who have the address that was proved, and nobody else."""
        chosen, visit = desk.form().get("customer", ""), desk.visit
        known = signing_in.customers(visit.address) if visit.proved else ()
        customer = next((one for one in known if one.id == chosen), None)
        if customer is None:
            return desk.answer(GoTo(addresses.sign_in(onward())))
        return signed_in(customer, visit.address)

    @app.get("/catalog")
    def catalog() -> Response:
        """The plans that anybody may choose, for anybody. What the address says beside that preselects nothing."""
        customer, now = desk.whoever(), site()
        audience: Audience = "customer" if customer else "visitor"
        if elsewhere := redirect.to(now, now.redirects.opens.get(audience, "")):
            said = redirect.from_portal(customer.id if customer else "")
            return desk.answer(GoOut(addresses.with_parameters(elsewhere, said)))
        frame = desk.frame(addresses.catalog(), customer)
        log_in = None if customer else Url(_log_in(now))
        choose = lambda plan: _choose(now, plan, customer)  # noqa: E731 - the page asks it of each plan
        live = present.catalog(frame, parts.biller.catalog(), language(customer), choose, log_in)
        return desk.page("entry.offers", live, language(customer))

    def _code(wrong: bool = False) -> Response:
        frame = desk.frame(addresses.sign_in(onward(), addresses.CODE), desk.whoever())
        live = present.code_asked(frame, desk.visit.address, onward(), wrong)
        return desk.page("entry.code", live, language(), 422 if wrong else 200)

    def site() -> Site:
        return parts.library.current.site

    def language(customer: Customer | None = None) -> str:
        return desk.language(site(), customer or desk.whoever())


def _choose(site: Site, plan: str, customer: Customer | None) -> Url:
    """Where choosing a plan in the public catalog leads: the merchant's own page where there is one, else on here."""
    mine = redirect.to(site, site.redirects.chooses.get("customer" if customer else "visitor", ""))
    if not mine and customer is None:
        mine = redirect.to(site, site.redirects.sign_up)
    if mine:
        return Url(addresses.with_parameters(mine, redirect.from_portal(customer.id if customer else "", plan)))
    if customer is None and site.workflow("anonymous_subscription"):
        return addresses.start("anonymous_subscription", Subject(plan=plan))
    begin = addresses.start("subscribe_to_plan", Subject(plan=plan))
    if site.workflow("subscribe_to_plan") is None:
        begin = addresses.start("choose_plan")
    return begin if customer else addresses.sign_in(begin)


def _log_in(site: Site) -> str:
    """Where who is a customer already signs in: at the merchant's, else by e-mail; and back to the catalog."""
    mine = redirect.to(site, site.redirects.log_in)
    return addresses.with_parameters(mine, redirect.from_portal()) if mine else addresses.sign_in(addresses.catalog())
