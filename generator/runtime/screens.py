"""What a customer is answered, before anybody thinks of HTTP or HTML."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from generator.model.live.notices import Why
from generator.model.pages import NoticeName
from generator.model.payment import Inset, Intent
from generator.model.problem import FieldProblem
from generator.model.walk import Walk
from generator.model.workflow import AnyStep


@dataclass(frozen=True)
class StepScreen:
    """A step to fill in; `typed` is what was typed and not kept, None where nothing was.

    With `part`, only that part of its page is asked for.
    `refused` is until when a try to pay is refused that was made just now, because too many were declined before it.
    Its `code_refused` says that the promotion code that came with it lowers nothing.
    """

    walk: Walk
    step: AnyStep
    problems: tuple[FieldProblem, ...] = ()
    typed: Mapping[str, str] | None = None
    stale: bool = False
    part: str = ""
    refused: datetime | None = None
    code_refused: bool = False

    @property
    def faulty(self) -> bool:
        """Whether anything is to be put right."""
        return self.code_refused or bool(self.problems)


@dataclass(frozen=True)
class WaitScreen:
    """Nothing is decided yet about the walk's payment."""

    walk: Walk
    intent: Intent


@dataclass(frozen=True)
class PayScreen:
    """The gateway's field on our page, for what is asked for."""

    walk: Walk
    intent: Intent
    inset: Inset


@dataclass(frozen=True)
class DoneScreen:
    """The walk has ended."""

    walk: Walk


@dataclass(frozen=True)
class GoTo:
    """On to another page of ours."""

    path: str


@dataclass(frozen=True)
class GoOut:
    """On to an address outside: the gateway's, or a checked one of the merchant's."""

    url: str


@dataclass(frozen=True)
class Notice:
    """A page that says one thing and leads on to `go_on`; where that is empty, to wherever makes sense.

    `why` is the rule that decided it, `wanted` where one would be now if one were signed in.
    """

    name: NoticeName
    go_on: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    why: Why = ""
    wanted: str = ""


Screen = StepScreen | WaitScreen | PayScreen | DoneScreen | GoTo | GoOut | Notice

STATUS: Mapping[NoticeName, int] = {
    "not_found": 404,
    "gone": 410,
    "signed_out": 403,
    "signed_off": 200,
    "suspended": 403,
    "form_too_old": 403,
    "changed_elsewhere": 409,
    "finished_elsewhere": 409,
    "too_large": 413,
    "malformed": 400,
    "not_allowed": 405,
    "no_longer_offered": 409,
    "nothing_to_pay": 409,
    "not_now": 409,
    "under_way": 409,
    "paid_by_other": 403,
    "recipient_unknown": 404,
    "recipient_suspended": 409,
    "too_often": 429,
    "method_needed": 409,
    "unavailable": 503,
    "not_printed": 503,
    "our_mistake": 500,
    "mail_on_its_way": 200,
    "link_expired": 410,
    "link_early": 400,
    "link_once": 200,
    "other_customer": 409,
}


class Refusal(Exception):
    """The request cannot be followed; carries the page that says so."""

    def __init__(self, notice: Notice) -> None:
        super().__init__(notice.name)
        self.notice = notice
