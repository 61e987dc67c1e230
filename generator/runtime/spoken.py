"""What the boxes of a step said to the customer who sent it: kept word for word with whether they were ticked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from generator.bundle.folder import Bundle
from generator.model.consent import Consent
from generator.model.walk import Answers, Walk
from generator.model.workflow import AnyStep

LANGUAGE = "page.language"
"""The hidden field of every step's form that says in which language its page was."""


@dataclass(frozen=True)
class Spoken:
    """The words beside each box, by its field, in the language of the page that was sent."""

    language: str
    words: Mapping[str, str]


Says = Callable[[Walk, AnyStep], Spoken]
"""What the page of this step of the walk says, as it stands."""


def consents(walk: Walk, step: AnyStep, answers: Answers, spoken: Spoken, bundle: Bundle, at: datetime) -> Walk:
    """The walk with what was agreed to on this step, and what was not; boxes that were not shown are none of it."""
    others = tuple(consent for consent in walk.consents if consent.step != step.id)
    asked = tuple(
        Consent(
            workflow=walk.workflow,
            step=step.id,
            field=box.id,
            given=answers[box.id] is True,
            says=spoken.words[box.id],
            document=bundle.site.urls.get(box.document, ""),
            language=spoken.language,
            at=at,
            bundle=bundle.id,
        )
        for box in step.boxes
        if box.id in answers
    )
    return replace(walk, consents=(*others, *asked))
