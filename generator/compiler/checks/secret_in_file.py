"""No key and no password stands in a file: files are copied, mailed and kept in repositories."""

from collections.abc import Iterator

from generator.compiler import lines
from generator.compiler.secret import secrets
from generator.model.place import Place
from generator.model.problem import Problem


def check(text: str, label: str) -> Iterator[Problem]:
    """Wherever it stands, in a comment too. What only looks as if it were drawn by lot is told by another check."""
    for number, line in enumerate(lines.split(text), 1):
        for secret in secrets(line):
            if secret.sure:
                says = f"this looks like {secret.what}, and whoever has the file could use it"
                hint = "take it out, make a new one where it is from, and give it to `serve` as a variable"
                place = Place(label, number, secret.start + 1, secret.end - secret.start)
                yield Problem("secret-in-file", place, says, hint)
