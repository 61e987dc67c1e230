"""Which states a thing can be in, and by which events it goes from one to another; nothing else can become of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

NEW = ""
"""Where everything comes from: the state of what is not there yet."""


@dataclass(frozen=True)
class Transition:
    """By this event it goes from one state to another; `rule` says when that is, as a sentence."""

    before: str
    event: str
    after: str
    rule: str


class Illegal(Exception):
    """A thing was to go where no transition leads: that is our bug, what a person asks for is refused before."""


@dataclass(frozen=True)
class Machine:
    """All that can become of one kind of thing. `states` says of each what it means."""

    thing: str
    states: Mapping[str, str]
    transitions: tuple[Transition, ...]

    def __post_init__(self) -> None:
        steps = [(one.before, one.event, one.after) for one in self.transitions]
        assert len(set(steps)) == len(steps), "each transition is written once"
        assert {*(one.before for one in self.transitions), *(one.after for one in self.transitions)} <= {
            NEW,
            *self.states,
        }, "a transition is between states"

    def knows(self, before: str, event: str, after: str) -> bool:
        """Whether this event leads from the one state to the other."""
        return any((one.before, one.event, one.after) == (before, event, after) for one in self.transitions)

    def allows(self, before: str, event: str) -> bool:
        """Whether this event may happen to what is in this state."""
        return any((one.before, one.event) == (before, event) for one in self.transitions)

    def check(self, before: str, event: str, after: str) -> None:
        """Raises `Illegal` where this event does not lead from the one state to the other."""
        if not self.knows(before, event, after):
            raise Illegal(f"{self.thing}: {before or 'nothing'} --{event or 'no event'}--> {after}")


def steps(before: tuple[str, ...], event: str, after: str, rule: str) -> Iterator[Transition]:
    """The same event, by the same rule, from each of several states."""
    return (Transition(one, event, after, rule) for one in before)
