"""A biller whose books can be looked through: the embedded one keeps its own."""

from typing import Protocol, runtime_checkable

from generator.model.finding import Finding


@runtime_checkable
class Audited(Protocol):
    """Both only look, and change nothing."""

    def audit(self) -> tuple[Finding, ...]:
        """Everything in the books that cannot be."""
        ...

    def waiting(self) -> tuple[Finding, ...]:
        """What has waited too long for somebody to do it."""
        ...
