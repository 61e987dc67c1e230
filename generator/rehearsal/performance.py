"""A script is played: sentence by sentence, until one does not hold."""

from dataclasses import dataclass

from generator.model.walk import Ended
from generator.model.workflow import PURPOSES, Outcome, PaymentCase
from generator.rehearsal import aftermath
from generator.rehearsal.script import Line, Script
from generator.rehearsal.stage import Stage, Unmet, Way
from generator.rehearsal.stand import Stand
from generator.rehearsal.tries import Tried


@dataclass(frozen=True)
class Failure:
    """The sentence that did not hold, what it wanted and what there was."""

    line: Line
    wanted: str
    found: str


@dataclass(frozen=True)
class Cell:
    """A walk that a customer brought to an end: by which way they came, what the payment step was, how it ended."""

    workflow: str
    way: Way
    case: PaymentCase
    outcome: Outcome


@dataclass(frozen=True)
class Played:
    """What did not hold, if anything; what was brought to an end; how all stands after it; and how it was paid."""

    failure: Failure | None
    cells: tuple[Cell, ...]
    aftermath: tuple[str, ...]
    tries: tuple[Tried, ...] = ()


def play(script: Script, stand: Stand) -> Played:
    """Everything that is said, in its order, up to what does not hold."""
    stage = Stage(stand)
    failure = _play(script, stage)
    return Played(failure, _cells(stage), tuple(aftermath.told(stage)), tuple(dict.fromkeys(stage.tries.decided())))


def _cells(stage: Stage) -> tuple[Cell, ...]:
    """What was shown to work, each once."""
    found = []
    for person in stage.people.values():
        for id, way in person.walks.items():
            walk = stage.stand.parts.store.walk(id)
            if walk is not None and isinstance(walk.standing, Ended) and walk.quote is not None:
                later = bool(walk.quote.due_later) and PURPOSES[walk.workflow].asks != "terminate"
                case = _case(walk.standing.outcome, later)
                found.append(Cell(walk.workflow, way, case, walk.standing.outcome))
    return tuple(dict.fromkeys(found))


def _case(outcome: Outcome, something_later: bool) -> PaymentCase:
    """The case of the payment step that leads to this outcome."""
    match outcome:
        case "registered":
            return "register_method"
        case "nocharge":
            return "pay_later" if something_later else "free"
    return "pay_now"


def _play(script: Script, stage: Stage) -> Failure | None:
    for line in script.lines:
        if line.sentence is None:
            stage.visit(line.name) if line.visits else stage.enter(line.name)
            continue
        try:
            line.sentence.does(stage, stage.people[line.name], *line.holes)
            stage.notice(stage.people[line.name])
        except Unmet as unmet:
            return Failure(line, unmet.wanted, unmet.found)
    return None
