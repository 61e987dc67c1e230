"""What is answered about one place in a file: what it means, where it was said, what may be written there."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator import shipped
from generator.compiler.node import Map, Scalar
from generator.editor import spot
from generator.editor.grammar import Rule, Step
from generator.editor.known import CONDITIONS, TARGETS, Known, meant, names_target
from generator.model.place import Place


@dataclass(frozen=True)
class Asked:
    """A place in a file, all that is known of it, and the rule for the whole file."""

    known: Known
    grammar: Rule
    line: int
    column: int
    line_at: Callable[[Place], str]

    @property
    def spot(self) -> spot.Spot | None:
        return spot.pointed(self.known.own, self.line, self.column) if self.known.own else None


def hover(asked: Asked) -> tuple[str, Place] | None:
    """What is said of the word at a place, in Markdown, and the word's own place."""
    found = asked.spot
    if found is None:
        return None
    said = [words for words in _meanings(found, asked) if words]
    return ("\n\n".join(said), found.word.place) if said else None


def _meanings(found: spot.Spot, asked: Asked) -> Iterator[str]:
    known, grammar = asked.known, asked.grammar
    rule = grammar.at(found.path)
    if found.on_key:
        field = known.at(known.answers(found.path).get(str(found.word.value), ()))
        if field and _in_condition(grammar, found.path[:-1]):
            yield f"What was answered to this field, asked on {_where(field.key.place)}."
        elif rule:
            yield rule.says
    else:
        if rule:
            yield rule.values().get(str(found.word.value), "") or rule.says
        for path in meant(str(found.word.value), found.path, in_condition=rule is not None and rule.is_condition):
            named = known.at(path)
            if named:
                place = named.key.place
                yield f"`{found.word.value}` is said on {_where(place)}: {_quoted(asked.line_at(place))}"
    under = known.beneath(found.path)
    if under:
        says = "What is not said here comes from" if isinstance(under.node, Map) else "Without this it would be"
        yield f"{says} {_where(under.key.place)}: {_quoted(asked.line_at(under.key.place))}"


def _quoted(line: str) -> str:
    """As code in Markdown, whatever is in it."""
    return f"`` {line.strip()} ``"


def _where(place: Place) -> str:
    here = " of the default definition" if place.file == str(shipped.DEFAULT_DEFINITION) else ""
    return f"line {place.line}{here}"


def definition(asked: Asked) -> Place | None:
    """Where that was said which the word at a place names, or else says anew."""
    found, known, grammar = asked.spot, asked.known, asked.grammar
    if found is None:
        return None
    word, rule = str(found.word.value), grammar.at(found.path)
    if found.on_key and _in_condition(grammar, found.path[:-1]) and word in known.answers(found.path):
        paths: Iterator[tuple[Step, ...]] = iter([known.answers(found.path)[word]])
    elif found.on_key:
        paths = iter(())
    else:
        paths = meant(word, found.path, in_condition=rule is not None and rule.is_condition)
    for path in paths:
        named = known.at(path)
        if named:
            return named.key.place
    under = known.beneath(found.path)
    return under.key.place if under else None


def _in_condition(grammar: Rule, path: tuple[Step, ...]) -> bool:
    rule = grammar.at(path)
    return rule is not None and rule.is_condition


@dataclass(frozen=True)
class Proposal:
    """Something that may be written, and what it means. `behind` is written with it."""

    word: str
    says: str
    sort: str
    behind: str = ""


def proposals(known: Known, grammar: Rule, writing: spot.Writing) -> list[Proposal]:
    """Everything that may be written at a place, each word once."""
    rule = grammar.at(writing.path)
    if rule is None:
        return []
    if not writing.is_key:
        return list(_values(known, rule, writing.path))
    found = {proposal.word: proposal for proposal in _keys(known, rule, writing.path)}
    above = spot.entry_at(writing.root, writing.path)
    taken = above.node if above else writing.root if not writing.path else None
    return [one for name, one in found.items() if not (isinstance(taken, Map) and name in taken.entries)]


def _keys(known: Known, rule: Rule, path: tuple[Step, ...]) -> Iterator[Proposal]:
    listed = rule.keys()
    for name, says in listed.items():
        yield Proposal(name, says, "key", ": ")
    if rule.is_condition:
        for name, field in known.answers(path).items():
            entry = known.at(field)
            yield Proposal(name, f"What was answered on {_where(entry.key.place)}." if entry else "", "fact", ": ")
        # In a list a condition may also be a name.
        if path and isinstance(path[-1], int):
            yield from _conditions(known)
    elif rule.names_anything:
        for name, entry in known.names(path).items():
            if name not in listed:
                yield Proposal(name, f"Said on {_where(entry.key.place)}.", "key", ": ")


def _values(known: Known, rule: Rule, path: tuple[Step, ...]) -> Iterator[Proposal]:
    for value, says in rule.values().items():
        yield Proposal(value, says, "value")
    key = path[-1] if path else ""
    if rule.is_condition:
        yield from _conditions(known)
    elif names_target(path):
        yield from _named(known, TARGETS)
    elif key == "continues":
        yield from _named(known, ("workflows",))
    elif key == "after" and len(path) > 2:
        yield Proposal("start", "The beginning.", "name")
        yield from (one for one in _named(known, path[:-2]) if one.word != path[-2])
    elif key == "like":
        for workflow in known.names(("workflows",)):
            for step, entry in known.names(("workflows", workflow, "steps")).items():
                yield Proposal(f"{workflow}.{step}", f"Said on {_where(entry.key.place)}.", "name")


def _conditions(known: Known) -> Iterator[Proposal]:
    yield Proposal("always", "It holds for everybody.", "name")
    yield from _named(known, CONDITIONS)


def _named(known: Known, path: tuple[Step, ...]) -> Iterator[Proposal]:
    for name, entry in known.names(path).items():
        value = f": {entry.node.value}" if isinstance(entry.node, Scalar) else ""
        yield Proposal(name, f"Said on {_where(entry.key.place)}{value}.", "name")
