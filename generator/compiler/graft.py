"""Texts from files of their own, put where the definition would have said them.

`texts/fr.yaml` has the shape of the definition, with nothing in it but sentences. Each becomes the `fr:` of the text at
its place, and keeps its own file and line.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from generator.compiler.node import Entry, List, Map, Node, Scalar
from generator.model.nearest import mended, suggestion
from generator.model.problem import Problem, Related

KINDS = {
    "sections": "section",
    "workflows": "workflow",
    "steps": "step",
    "fields": "field",
    "options": "option",
    "choices": "choice",
}
"""Keys that hold things under names of their own, and what one of the things is called."""


def graft(definition: Map, own: Map, said: Map, language: str, problems: list[Problem]) -> Map:
    """The definition with all that is `said` in it. What the merchant's `own` file says in this language, too, is said
    twice; what only the default says gives way."""
    return _Grafting(language, problems).all(definition, own, said, "the definition")


@dataclass(frozen=True)
class _Grafting:
    language: str
    problems: list[Problem]

    def all(self, there: Map, own: Node | None, said: Map, owner: str, kind: str = "") -> Map:
        """What is there, with what is said of it. It is the `owner`, or all that the owner has of a `kind`."""
        entries = dict(there.entries)
        for name, entry in said.entries.items():
            known, mine = entries.get(name), own.get(name) if isinstance(own, Map) else None
            below = _named(known.node) if known else None
            if isinstance(entry.node, Scalar):
                if entry.node.value is None:
                    continue
                if kind and known is None:
                    self._nothing(entry, entries, owner, kind)
                else:
                    self._once(mine, entry)
                    entries[name] = self._spoken(known, entry)
            elif known is None or below is None:
                self._nothing(entry, entries, owner, kind)
            elif isinstance(entry.node, Map):
                within = ("", f'the {kind} "{name}"') if kind else (KINDS.get(name, ""), owner)
                entries[name] = Entry(known.key, self.all(below, mine, entry.node, within[1], within[0]))
        return Map(entries, there.place)

    def _spoken(self, known: Entry | None, said: Entry) -> Entry:
        """The text with one language more, or with what this one says in place of what the default has."""
        inline = known.node if known and isinstance(known.node, Map) else Map({}, said.node.place)
        phrases = {**inline.entries, self.language: Entry(Scalar(self.language, said.key.place), said.node)}
        return Entry(known.key if known else said.key, Map(phrases, inline.place))

    def _once(self, own: Node | None, said: Entry) -> None:
        before = own.get(self.language) if isinstance(own, Map) else None
        if before is not None:
            says = f"this text is said in {self.language} twice, here and in the definition itself"
            related = (Related(before.place, "it is said here, too"),)
            self.problems.append(Problem("said-twice", said.key.place, says, "remove one of the two", related=related))

    def _nothing(self, entry: Entry, there: Mapping[str, Entry], owner: str, kind: str) -> None:
        names = [name for name, known in there.items() if _named(known.node) is not None] if kind else []
        what = f'{kind} "{entry.name}"' if kind else entry.name
        says = f"{owner} has no {what} to say anything of"
        hint = suggestion(entry.name, names) if kind else "take it away, or add it to the definition"
        edits = mended(entry.name, names, entry.key.place) if names else ()
        self.problems.append(Problem("text-for-nothing", entry.key.place, says, hint, edits=edits))


def _named(node: Node) -> Map | None:
    """What has names below it: a map, or options that are only listed and of which nobody said anything yet."""
    if isinstance(node, List):
        listed = (item for item in node.items if isinstance(item, Scalar))
        return Map({str(item.value): Entry(item, Map({}, item.place)) for item in listed}, node.place)
    return node if isinstance(node, Map) else None
