"""What looks as if its letters were drawn by lot is most often a key."""

from collections.abc import Iterator

from generator.compiler import lines
from generator.compiler.secret import secrets
from generator.model.place import Place
from generator.model.problem import Problem


def check(text: str, label: str) -> Iterator[Problem]:
    """No web address, no hash and no word: letters of both kinds and digits, mixed, and many of them."""
    for number, line in enumerate(lines.split(text), 1):
        for secret in secrets(line):
            if not secret.sure:
                says = "this looks like a key: nothing in a definition has so many letters and digits without order"
                hint = "if it is one, take it out, and make a new one where it is from"
                place = Place(label, number, secret.start + 1, secret.end - secret.start)
                yield Problem("key-like-value", place, says, hint, "warning")
