"""A walk as it is written: one sentence a line, each about a customer by name or about whoever was named last."""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from generator.model.place import Place
from generator.model.problem import Problem
from generator.rehearsal.sentences import SENTENCES, Sentence, meant

_ENTERS = re.compile(r"(?P<name>[A-Z][a-z]+) is a (?:customer|visitor)")
_COMMENT = re.compile(r"(?:^|\s)#(?:\s.*)?$")


@dataclass(frozen=True)
class Line:
    """One sentence about who has this `name`. Without a `sentence` they come on the stage, or `visits` it."""

    place: Place
    written: str
    name: str
    sentence: Sentence | None = None
    holes: tuple[Any, ...] = ()
    visits: bool = False


@dataclass(frozen=True)
class Script:
    """A whole file; `says` is its first comment."""

    file: str
    says: str
    lines: tuple[Line, ...]


def read(text: str, file: str) -> Script | tuple[Problem, ...]:
    """The script, or everything that is wrong with it."""
    lines: list[Line] = []
    problems: list[Problem] = []
    names: list[str] = []
    about = ""
    for number, written in enumerate(text.splitlines(), 1):
        words = " ".join(_COMMENT.sub("", written).split())
        if not words:
            continue
        place = Place(file, number, len(written) - len(written.lstrip()) + 1)
        if entered := _ENTERS.fullmatch(words):
            about = entered["name"]
            names.append(about)
            lines.append(Line(place, words, about, visits=words.endswith("visitor")))
            continue
        first, _, rest = words.partition(" ")
        if first in names:
            about, words = first, rest
        if not about:
            problems.append(_nobody(place))
        elif found := meant(words):
            lines.append(Line(place, words, about, *found))
        else:
            problems.append(_unknown(place, words, first))
    if not lines and not problems:
        problems.append(Problem("empty-walk", Place(file, 1, 1), "nobody does anything in this walk", _BEGIN))
    says = next((line.lstrip("# ").strip() for line in text.splitlines() if line.startswith("#")), "")
    return tuple(problems) if problems else Script(file, says, tuple(lines))


_BEGIN = "begin with `Ada is a customer`, then say what she does"


def _nobody(place: Place) -> Problem:
    return Problem("nobody-named", place, "it is not said who this is about", _BEGIN)


def _unknown(place: Place, words: str, first: str) -> Problem:
    if first[:1].isupper():
        hint = f"write `{first} is a customer` above"
        return Problem("nobody-named", place, f'nobody called "{first}" is on the stage', hint)
    near = get_close_matches(words, [sentence.pattern for sentence in SENTENCES], n=1, cutoff=0.4)
    hint = f"did you mean `{near[0]}`?" if near else "see docs/walks.md for the sentences that there are"
    return Problem("unknown-sentence", place, f'"{words}" is no sentence that a walk knows', hint)
