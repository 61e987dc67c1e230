"""Where a walk leads when it is over or left: an address of the merchant's with a signed result, or a page of ours."""

from collections.abc import Mapping

from generator.engine import redirect
from generator.engine.path import PLAN
from generator.model.walk import Answers, Ended, Walk
from generator.model.workflow import AnyStep
from generator.runtime import addresses
from generator.runtime.parts import Parts
from generator.runtime.screens import GoOut, GoTo
from generator.runtime.survey import Survey
from generator.seal import result


class WaysOut:
    """Every address is one that the definition names; nothing that was typed or linked ever becomes one."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._survey = Survey(parts)

    def onward(self, walk: Walk) -> GoOut | GoTo:
        """Where a finished walk leads."""
        assert isinstance(walk.standing, Ended), "only a finished walk leads on"
        url = redirect.after(self._survey.bundle(walk).site, walk.workflow, walk.standing.outcome)
        return self._out(url, walk) if url else GoTo(addresses.step(walk.id, addresses.DONE))

    def while_pending(self, walk: Walk) -> GoOut | GoTo:
        """Where it leads while money is in flight: to say that it was cancelled would be wrong."""
        url = redirect.after(self._survey.bundle(walk).site, walk.workflow, "pending")
        return self._out(url, walk, {"outcome": "pending"}) if url else GoTo(addresses.portal())

    def leaving(self, walk: Walk) -> GoOut | GoTo:
        """Where a customer goes who does not finish now."""
        if isinstance(walk.standing, Ended):
            return self.onward(walk)
        url = redirect.leaving(self._survey.bundle(walk).site)
        return self._out(url, walk) if url else GoTo(addresses.portal())

    def choosing(self, walk: Walk, step: AnyStep, answers: Answers) -> GoOut | None:
        """Where the merchant wants a chosen plan to lead, where that is not on through the walk."""
        site, audience = self._survey.bundle(walk).site, redirect.audience(walk.workflow)
        if step.kind != "catalog" or audience is None or not site.redirects.chooses.get(audience):
            return None
        said = redirect.from_portal(walk.customer, str(answers[PLAN]), walk.subject.subscription)
        return GoOut(addresses.with_parameters(redirect.to(site, site.redirects.chooses[audience]), said))

    def _out(self, url: str, walk: Walk, more: Mapping[str, str] | None = None) -> GoOut:
        """With the parameters, and all of them once more under our signature."""
        said = {**redirect.parameters(walk, self._survey.plan_ref(walk)), **(more or {})}
        signed = result.sign(said, self._parts.results, self._parts.clock.now())
        return GoOut(addresses.with_parameters(url, {**said, "result": signed}))
