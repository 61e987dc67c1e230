"""Between HTTP and the house: who asks, in which language, and how a screen becomes a response."""

import math
from collections.abc import Mapping
from dataclasses import replace
from math import ceil
from typing import Any

from flask import Response, g, redirect, request

from generator.bundle.folder import Bundle
from generator.engine import redirect as redirect_rules
from generator.fill import fill
from generator.locale import speech
from generator.model.catalog import Plan
from generator.model.customer import BillingInfo, Customer
from generator.model.live import live_of, notices
from generator.model.live.parts import Url
from generator.model.live.portal import PortalPage
from generator.model.pages import NOTICES
from generator.model.site import Site
from generator.model.subscription import Subscription
from generator.model.walk import Subject, Walk
from generator.model.workflow import AnyStep
from generator.ports.trouble import Unavailable
from generator.runtime import addresses, language, visit
from generator.runtime.client import client
from generator.runtime.conductor import Conductor
from generator.runtime.limits import LIMITS, Limit, Limits, Tried
from generator.runtime.parts import Parts
from generator.runtime.present import steps as present
from generator.runtime.present.shell import Frame, who
from generator.runtime.screens import (
    STATUS,
    DoneScreen,
    GoOut,
    GoTo,
    Notice,
    PayScreen,
    Refusal,
    Screen,
    StepScreen,
    WaitScreen,
)
from generator.runtime.sections import Sections
from generator.runtime.spoken import LANGUAGE, Says, Spoken
from generator.runtime.survey import Survey
from generator.runtime.visit import Visit

TOO_MANY = 429
"""Too many tries to pay were declined."""


class Desk:
    """Serves one application's requests."""

    def __init__(self, parts: Parts, limits: Mapping[Tried, Limit] = LIMITS) -> None:
        self.parts = parts
        self.conductor = Conductor(parts)
        self.limits = Limits(parts.clock, limits)
        self._survey = Survey(parts)

    @property
    def visit(self) -> Visit:
        """Who is at the other end."""
        if "visit" not in g:
            g.visit = visit.read(request, self.parts)
        return g.visit  # type: ignore[no-any-return]

    def sign_in(self, customer: str, address: str = "") -> None:
        """From now on the browser is this customer's; with nobody, no longer anybody's. The address is a proved one."""
        g.visit = visit.begun(self.parts, customer, address)
        g.pop("customer", None)

    def waits_for_code(self, address: str) -> None:
        """From now on the browser may say which code was mailed to this address."""
        g.visit = replace(self.visit, address=address, proved=False, new=True)

    @property
    def client(self) -> str:
        """Which client asks, for counting."""
        return client(request, self.parts.proxies)

    def may_try(self, tried: Tried, who: str) -> None:
        """Raises `Refusal` where they have tried too often."""
        wait = self.limits.wait(tried, who)
        if wait is not None:
            raise Refusal(Notice("too_often", headers={"Retry-After": str(max(1, ceil(wait.total_seconds())))}))

    def looks(self, who: str) -> None:
        """They look at a part of a page once more: often, and not without end. Raises `Refusal`."""
        self.may_try("look", who)
        self.limits.count("look", who)

    def customer(self) -> Customer:
        """The customer who is signed in. Raises `Refusal` where nobody is."""
        customer = self.whoever()
        if customer is None:
            raise Refusal(Notice("signed_out", wanted=_wanted()))
        return customer

    def whoever(self) -> Customer | None:
        """The customer who is signed in, if anybody is."""
        if "customer" not in g:
            g.customer = self._welcome(self.visit) if self.visit.customer else None
        return g.customer  # type: ignore[no-any-return]

    def _welcome(self, visit: Visit) -> Customer | None:
        """The customer of the visit, unless all that was made for them until then was revoked."""
        customer = self.parts.biller.customer(visit.customer)
        revoked = self.parts.store.links_revoked(visit.customer)
        return customer if revoked is None or visit.began > revoked else None

    def form(self) -> dict[str, str]:
        """What was sent, from a page of ours. Raises `Refusal`."""
        if not visit.sent_by_our_page(request, self.visit, self.parts):
            raise Refusal(Notice("form_too_old", request.path))
        if any(len(values) > 1 for _, values in request.form.lists()):
            raise Refusal(Notice("malformed", request.path))
        return request.form.to_dict()

    def language(self, site: Site, customer: Customer | None = None) -> str:
        return language.negotiated(request, site.languages, customer.language if customer else "")

    def frame(self, here: str = "", customer: Customer | None = None) -> Frame:
        """What every page of this request has."""
        return Frame(Url(here or request.path), visit.form_token(self.visit, self.parts), who(customer))

    def sections(self) -> Sections:
        """The portal as the customer has it who is signed in. Raises `Refusal` where nobody is."""
        if "sections" not in g:
            g.sections = Sections(self.parts.library.current.site, self.customer(), self._survey)
        return g.sections  # type: ignore[no-any-return]

    def page(self, name: str, live: Any, language: str, status: int = 200, bundle: Bundle | None = None) -> Response:
        """A baked page, filled; one of the portal has the tabs of its customer."""
        if isinstance(live, PortalPage):
            live = replace(live, tabs=self.sections().tabs)
        bundle = bundle or self.parts.library.current
        g.site = bundle.site
        body = bundle.page(language, f"{name}.html")
        html = fill(body, live, speech.formats(language))
        return Response(html, status, content_type="text/html; charset=utf-8")

    def printed(self, name: str, live: Any, language: str) -> bytes:
        """A baked page on paper. Raises `Unavailable` where nothing can be printed."""
        library = self.parts.library
        html = fill(library.current.page(language, f"{name}.html"), live, speech.formats(language))
        return self.parts.printer.pdf(html, library.asset)

    def answer(self, screen: Screen) -> Response:
        """The response that a screen becomes."""
        match screen:
            case StepScreen():
                return self._step(screen)
            case WaitScreen():
                return self._waiting(screen)
            case PayScreen():
                return self._paying(screen)
            case DoneScreen():
                return self._done(screen)
            case GoTo(path=path):
                return _see_other(path)
            case GoOut(url=url):
                return _see_other(url)
            case Notice():
                return self.notice(screen)

    def notice(self, notice: Notice) -> Response:
        """A page that says one thing; it must come even when nothing else works."""
        site, customer = self.parts.library.current.site, self._perhaps(notice)
        go_on, go_to = self._way_on(notice, site, customer)
        frame = self.frame(customer=customer)
        sign_in = None
        if customer is None and notice.name in SIGN_IN_LEADS_ON:
            sign_in = addresses.sign_in(notice.wanted)
        page = live_of(NOTICES[notice.name])
        more = {"why": notice.why} if page is notices.NotNowPage else {}
        live = page(frame.here, frame.csrf, frame.who, go_on, go_to, sign_in, **more)
        response = self.page(f"notice.{notice.name}", live, self.language(site, customer), STATUS[notice.name])
        response.headers.update(notice.headers)
        return response

    def _perhaps(self, notice: Notice) -> Customer | None:
        """Who is signed in, as far as that can be known while something is wrong."""
        if notice.name in ("unavailable", "our_mistake"):
            return g.get("customer")  # type: ignore[no-any-return]
        try:
            return self.whoever()
        except Unavailable:
            return None

    def _way_on(self, notice: Notice, site: Site, customer: Customer | None) -> tuple[Url | None, str]:
        """Where the notice leads: where it says, else to the portal of who is signed in, else to the merchant."""
        if notice.go_on:
            return Url(notice.go_on), "portal" if notice.go_on.startswith(addresses.portal()) else "walk"
        if customer is not None and notice.name not in ("link_once", "suspended"):
            return addresses.portal(), "portal"
        website = site.urls.get("website", "")
        return (Url(website), "merchant") if website else (None, "merchant")

    def _step(self, screen: StepScreen) -> Response:
        customer = self.customer()
        walk, step = screen.walk, screen.step
        bundle = self._survey.bundle(walk)
        language = self.language(bundle.site, customer)
        live = self._live(screen, customer, language)
        status = 409 if screen.stale else 422 if screen.faulty else 200
        page = f"{step.page}.{screen.part}" if screen.part else step.page
        response = self.page(page, live, language, status, bundle)
        if screen.refused is not None:
            wait = screen.refused - self.parts.clock.now()
            response.status_code = TOO_MANY
            response.headers["Retry-After"] = str(math.ceil(wait.total_seconds()))
        return response

    def _live(self, screen: StepScreen, customer: Customer, language: str) -> object:
        """The live names of a step's page."""
        walk, step = screen.walk, screen.step
        frame = self.frame(addresses.step(walk.id, step.id), customer)
        ground = self._survey.ground(walk, step, language)
        presenter = present.Presenter(frame, self._survey.workflow(walk), screen, customer, language, ground)
        match step.kind:
            case "catalog":
                return presenter.catalog(self._survey.offered(walk))
            case "options":
                return presenter.options(self._survey.plan(walk), _quote(walk))
            case "billing_info" | "form" | "message":
                return presenter.form(self._plan(walk))
            case "summary":
                about = present.Bought(self._survey.name(walk, language), self._plan(walk), *self._people(walk))
                return presenter.summary(_quote(walk), about)
            case "confirm":
                return presenter.confirm(_quote(walk), self._survey.plan(walk))
            case "payment":
                time_zone = self._survey.bundle(walk).site.time_zone
                return presenter.payment(_quote(walk), self._survey.scene(walk, step), self._plan(walk), time_zone)

    def _people(self, walk: Walk) -> tuple[Customer | None, Subscription | None]:
        """For whom it is, where that is somebody else, and what they have of it already."""
        return self._survey.recipient(walk), self._survey.already(walk)

    def said(self, form: Mapping[str, str]) -> Says:
        """What the boxes said on the page that this form was on, in the language that it was shown in."""

        def says(walk: Walk, step: AnyStep) -> Spoken:
            bundle, customer = self._survey.bundle(walk), self.whoever()
            language = form.get(LANGUAGE, "")
            if language not in bundle.site.languages:
                language = self.language(bundle.site, customer)
            screen = StepScreen(walk, step)
            live = self._live(screen, customer, language) if customer else self._visitors(screen)
            bodies = {box.id: bundle.page(language, f"{step.says(box)}.txt") for box in step.boxes}
            formats = speech.formats(language)
            return Spoken(language, {id: " ".join(fill(body, live, formats).split()) for id, body in bodies.items()})

        return says

    def visiting(self, screen: StepScreen) -> Response:
        """The first step of who is nobody yet, at an address that says all of it."""
        language = screen.walk.language
        page = f"{screen.step.page}.{screen.part}" if screen.part else screen.step.page
        return self.page(page, self._visitors(screen), language, 422 if screen.problems else 200)

    def _visitors(self, screen: StepScreen) -> object:
        walk, site = screen.walk, self.parts.library.current.site
        here = addresses.start(walk.workflow, walk.subject, walk.promotion)
        workflow = self._survey.workflow(walk)
        nobody = Customer("", "", walk.language, BillingInfo(), 0, frozenset())
        ground = self._survey.ground(walk, screen.step, walk.language)
        presenter = present.Presenter(self.frame(here), workflow, screen, nobody, walk.language, ground)
        return replace(presenter.form(self._survey.plan(walk)), leave=Url(redirect_rules.leaving(site) or here))

    def instead_of_plans(self, workflow: str, customer: Customer, subject: Subject) -> GoOut | None:
        """The page of the merchant's that stands in place of our page of plans, where they name one."""
        site, audience = self.parts.library.current.site, redirect_rules.audience(workflow)
        target = redirect_rules.to(site, site.redirects.opens.get(audience, "") if audience else "")
        said = redirect_rules.from_portal(customer.id, "", subject.subscription)
        return GoOut(addresses.with_parameters(target, said)) if target else None

    def _plan(self, walk: Walk) -> Plan | None:
        """The plan that the walk is about, if it is about one."""
        return self._survey.plan(walk) if self._survey.plan_ref(walk) else None

    def _waiting(self, screen: WaitScreen) -> Response:
        customer, bundle = self.customer(), self._survey.bundle(screen.walk)
        frame = self.frame(addresses.step(screen.walk.id, addresses.WAITING), customer)
        live = present.waiting(frame, screen.walk, screen.intent)
        return self.page("walk.waiting", live, self.language(bundle.site, customer), 200, bundle)

    def _paying(self, screen: PayScreen) -> Response:
        """The one page on which something of the gateway's is loaded, and so may be."""
        customer, bundle = self.customer(), self._survey.bundle(screen.walk)
        frame = self.frame(addresses.step(screen.walk.id, addresses.PAYING), customer)
        live = present.paying(frame, screen.walk, screen.intent, screen.inset)
        g.inset = screen.inset
        return self.page("walk.paying", live, self.language(bundle.site, customer), 200, bundle)

    def _done(self, screen: DoneScreen) -> Response:
        customer, bundle = self.customer(), self._survey.bundle(screen.walk)
        language = self.language(bundle.site, customer)
        name = self._survey.name(screen.walk, language)
        onward = self.conductor.onward(screen.walk)
        to_merchant = isinstance(onward, GoOut)
        go_on = Url(onward.url) if isinstance(onward, GoOut) else addresses.portal()
        frame = self.frame(addresses.step(screen.walk.id, addresses.DONE), customer)
        reference = self._survey.to_transfer(screen.walk)
        live = present.done(frame, screen.walk, name, customer, go_on, to_merchant, reference, language)
        return self.page("walk.done", live, language, 200, bundle)


SIGN_IN_LEADS_ON = ("signed_out", "signed_off", "link_expired", "link_early", "mail_on_its_way", "gone")
"""Notices after which who is nobody here may sign in by e-mail."""


def _wanted() -> str:
    """The page that was asked for, to go on to it after signing in; what was sent with a form is lost, its page not."""
    here: str = request.full_path.rstrip("?")
    return here if request.method in ("GET", "HEAD") else request.path


def _quote(walk: Any) -> Any:
    assert walk.quote is not None, "a step that shows a price comes after the plan is known"
    return walk.quote


def _see_other(url: str) -> Response:
    """303: whatever was posted, what follows is asked for by GET."""
    response = redirect(url, 303, Response)
    assert isinstance(response, Response)
    return response
