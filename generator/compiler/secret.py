"""What in a line looks like a key that nobody else may have."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

_KNOWN = {
    "a secret key of Stripe": r"\b[sr]k_(?:live|test)_[0-9A-Za-z]{10,}",
    "a signing secret": r"\bwhsec_[0-9A-Za-z+/=_-]{16,}",
    "a key of AWS": r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
    "a token of GitHub": r"\b(?:gh[pousr]_[0-9A-Za-z]{30,}|github_pat_[0-9A-Za-z_]{22,})",
    "a token of GitLab": r"\bglpat-[0-9A-Za-z_-]{20,}",
    "a token of Slack": r"\bxox[abprs]-[0-9A-Za-z-]{10,}",
    "a key of Google": r"\bAIza[0-9A-Za-z_-]{35}",
    "a key of SendGrid": r"\bSG\.[0-9A-Za-z_-]{16,}\.[0-9A-Za-z_-]{16,}",
    "a key of a payment provider": r"\b(?:live|sandbox)_[0-9A-Za-z]{30,}",
    "a private key": r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----",
    "a signed token": r"\beyJ[0-9A-Za-z_-]{8,}\.eyJ[0-9A-Za-z_-]{8,}\.[0-9A-Za-z_-]{8,}",
    "a password in an address": r"(?<=://)[^\s/:@\"']+:[^\s/@\"']+(?=@)",
    "a key in an address": (
        r"(?<=[?&])(?:access_token|api_?key|auth|key|password|secret|sig|signature|token)="
        r"(?=[A-Za-z]*[0-9])(?=[0-9]*[A-Za-z])[0-9A-Za-z]{16,}"
    ),
}
_FORMS = re.compile("|".join(f"({form})" for form in _KNOWN.values()))

_WORD = re.compile(r"\S{8}")
"""No secret is without that, and most lines of spaces are."""

_TOKEN = re.compile(r"(?<![0-9A-Za-z+/_-])(?!pk_)[0-9A-Za-z+/_-]{32,}={0,2}")
"""A key that is made to be published is no secret."""

_RUN = re.compile(r"[0-9A-Za-z]{20,}")
_ADDRESS = re.compile(r"(?<![a-z])[a-z]{1,10}://[^\s\"']*")

SHORTEST = 16
"""No secret is shorter, nor is its line."""

LONGEST = 2000
"""No line of a definition is longer: of one that is, the beginning is looked at."""


@dataclass(frozen=True)
class Secret:
    """Where it stands in its line, what it is, and whether its form alone says so."""

    start: int
    end: int
    what: str
    sure: bool


def secrets(line: str) -> tuple[Secret, ...]:
    """All of a line, in their order."""
    return _in_long(line) if len(line) >= SHORTEST else ()


@lru_cache(maxsize=256)
def _in_long(line: str) -> tuple[Secret, ...]:
    """One line may have a thousand problems, and is looked at for each."""
    return tuple(_secrets(line[:LONGEST])) if _WORD.search(line, 0, LONGEST) else ()


def _secrets(line: str) -> Iterator[Secret]:
    end = 0
    for found in _FORMS.finditer(line):
        yield Secret(found.start(), found.end(), tuple(_KNOWN)[(found.lastindex or 1) - 1], True)
        end = found.end()
    addresses = [address.span() for address in _ADDRESS.finditer(line)]
    for token in _TOKEN.finditer(line, end):
        within = any(start <= token.start() < stop for start, stop in addresses)
        if not within and any(map(_drawn, _RUN.findall(token[0]))):
            yield Secret(token.start(), token.end(), "a key", False)


def masked(line: str) -> str:
    """The line with dots in place of a secret, but for its first letters: a report is read by more people."""
    for secret in secrets(line):
        line = line[: secret.start + 4] + "•" * (secret.end - secret.start - 4) + line[secret.end :]
    return line


def _drawn(run: str) -> bool:
    """Whether it seems drawn by lot: words, names, numbers and hashes do not change their kind of letter so often."""
    kinds = ["9" if letter.isdigit() else "A" if letter.isupper() else "a" for letter in run]
    changes = [pair for pair in pairwise(kinds) if pair[0] != pair[1]]
    digits = sum(pair[1] == "9" for pair in changes)
    return {"9", "A", "a"} == set(kinds) and digits >= 3 and len(changes) >= len(run) * 0.35
