"""A customer who goes through real pages and writes down, sentence by sentence, what they do and what they see."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from generator.engine import answers, payment
from generator.engine.path import known_at
from generator.engine.paths import Path
from generator.model.rule import Value
from generator.model.walk import Ended, Walk
from generator.model.workflow import AnyStep, Field, PaymentCase, PaymentStep, Workflow
from generator.rehearsal.drafting import likely
from generator.rehearsal.drafting.circumstances import Circumstance
from generator.rehearsal.sentences import meant
from generator.rehearsal.stage import Person, Stage, Unmet
from generator.rehearsal.stand import Stand

WHO = "Ada"

FURTHEST = 20
"""No workflow has more screens than that."""


@dataclass(frozen=True)
class Draft:
    """What was gone through: which steps were shown, what the payment step was, and the sentences that say so."""

    steps: tuple[str, ...]
    case: PaymentCase | None
    lines: tuple[str, ...]


@dataclass
class Author:
    stage: Stage
    lines: list[str] = field(default_factory=list)

    @property
    def person(self) -> Person:
        return self.stage.people[WHO]

    def enters(self, visits: bool) -> None:
        self.stage.visit(WHO) if visits else self.stage.enter(WHO)
        self.lines.append(f"{WHO} is a {'visitor' if visits else 'customer'}")

    def says(self, words: str) -> None:
        """Does it, and writes it down. Raises `Unmet`."""
        found = meant(words)
        assert found is not None, f"no sentence: {words}"
        sentence, holes = found
        sentence.does(self.stage, self.person, *holes)
        self.stage.notice(self.person)
        self.lines.append(words)

    @property
    def walk(self) -> Walk | None:
        """The one that they began last."""
        return self.stage.walk(self.person)


def draft(workflow: Workflow, path: Path, circumstance: Circumstance, stand: Stand) -> Draft | None:
    """Goes through the workflow under these circumstances, and answers what the path's witness answers.

    None where they do not come to the end: there is no such circumstance, or no way on from where they are.
    """
    author = Author(Stage(stand))
    author.enters(circumstance.visits)
    try:
        for words in circumstance.lines:
            author.says(words)
        return _through(author, workflow, path, circumstance)
    except Unmet:
        return None


def _through(author: Author, workflow: Workflow, path: Path, circumstance: Circumstance) -> Draft | None:
    shown: list[str] = []
    case: PaymentCase | None = None
    if circumstance.visits:
        first = workflow.steps[0]
        author.says(f"is at the step {workflow.id}")
        shown.append(first.id)
        _fills(author, first, path.answers(first), {})
        author.says("agrees and continues" if author.person.window.boxes() else "continues")
    for _ in range(FURTHEST):
        walk = author.walk
        if walk is not None and isinstance(walk.standing, Ended):
            author.says(f"ends with the outcome {walk.standing.outcome}")
            return Draft(tuple(shown), case, tuple(author.lines))
        step = workflow.step(author.person.window.step)
        if walk is None or step is None or author.person.window.status != 200 or step.id in shown:
            return None
        shown.append(step.id)
        author.says(f"is at the step {step.id}")
        known = known_at(workflow, walk, step)
        if isinstance(step, PaymentStep):
            case = payment.case_of(step, known)
            author.says(f"is at the payment case {case}")
            author.says(_paying(case, step.methods))
            continue
        match step.kind:
            case "catalog":
                author.says(f"chooses {circumstance.chooses}")
            case "options":
                for option, value in circumstance.options:
                    author.says(f"ticks {option}" if value == "true" else f'types "{value}" in {option}')
                author.says("continues")
            case _:
                _fills(author, step, path.answers(step), known)
                author.says("agrees and continues" if author.person.window.boxes() else "continues")
    return None


def _paying(case: PaymentCase, methods: tuple[str, ...]) -> str:
    if case in ("free", "pay_later"):
        return "continues"
    if "card" in methods:
        return "pays with a new card"
    return "pays with a new account" if "sepa" in methods else "pays by transfer"


def _fills(author: Author, step: AnyStep, given: Mapping[str, Value], known: Mapping[str, Value]) -> None:
    """With what the witness answers, and with something likely where more is required or what stands there is refused:
    a postal code that was good is not, once the country is another."""
    if step.kind == "billing_info":
        author.says("gives billing info")
    names = author.person.window.names()
    applying = answers.applying(step.fields, known)
    fields = {asked.id: asked for asked in applying if asked.kind != "hidden" and set(asked.inputs) & names}
    for id, asked in fields.items():
        if (answer := given.get(id)) is not None:
            _answers(author, asked, answer)
    for problem in answers.read(fields.values(), _form(author, fields.values()), known).problems:
        asked = fields[problem.field]
        if asked.kind == "consent":
            continue
        words = likely.typed(asked, known, fields.values(), _form(author, fields.values()))
        if words is None:
            raise Unmet(f"something to type into {asked.id}", asked.kind)
        _types(author, asked, words)


def _form(author: Author, fields: Iterable[Field]) -> answers.Form:
    """What would be sent: what they typed, and what stands in the page where they did not."""
    window, typed = author.person.window, author.person.typed
    names = (name for asked in fields for name in (asked.id, *asked.inputs))
    return {name: words for name in names if (words := typed.get(name) or window.value(name))}


def _answers(author: Author, asked: Field, answer: Value) -> None:
    match answer:
        case bool():
            author.says(f"{'ticks' if answer else 'unticks'} {asked.id}")
        case frozenset():
            _types(author, asked, ",".join(sorted(answer)))
        case _:
            _types(author, asked, str(answer))


def _types(author: Author, asked: Field, words: str) -> None:
    if asked.kind != "choices":
        author.says(f'types "{words}" in {asked.id}')
        return
    for option in asked.options:
        if option.id in words.split(","):
            author.says(f"ticks {asked.input_of(option)}")
