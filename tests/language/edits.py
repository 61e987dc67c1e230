"""Edits that make another text of a text, one for each place that they fit, as people make them by mistake."""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

Break = Callable[[str], Iterator[str]]

STEPS = "anonymous_subscription|choose_plan|catalog|options|details|billing_info|summary|confirm|payment"
WORKFLOWS = (
    "anonymous_subscription|choose_plan|subscribe_to_plan|subscribe_to_subscription|change_plan|change_to_plan|"
    "change_to_subscription|change_options|restart_subscription|terminate_subscription|register_billing_info|"
    "register_payment_method|pay_invoice"
)
CASES = "free|register_method|pay_later|pay_now"
SECTIONS = "subscriptions|invoices|billing_info|payment_method"
OURS = "email|name|company|vat_number|country|address_line1|address_line2|postal_code|city|terms"
KEYS = (
    "kind|required|when|after|fields|steps|options|label|title|text|intro|help|cases|methods|like|continues|"
    "autocomplete|max_length|min_length|min|max|pii|document|locked|holds|offered|site|workflows|portal|sections|"
    "buttons|redirects|redirect|allow|targets|leave|conditions|languages|currency|time_zone|theme|brand|urls|seller|"
    "legal_name|address|choices|promotion|promotion_code|cool_down|declines|minutes|extends|version|walk_days"
)
OPERATORS = "above|below|at_least|at_most|known"
FACT = r"(?:customer|plan|subscription|quote|invoice)\.[a-z_]+"
SAID = r"(?:\"[^\"\n]*\"|[^,{}\"\n]+)"
"""A sentence in a map of languages, between quotes or not."""
MAP = r"\{(?:[^{}\n]|\{(?:[^{}\n]|\{[^{}\n]*\})*\})*\}"
"""A map in braces, with others in it."""
WHEN = rf"(?<=when: )(?:{MAP}|[a-z_]+(?=[,}}\n]))"
"""What a `when` says, but within another condition."""


def each(pattern: str, instead: str | Callable[[re.Match[str]], str]) -> Break:
    """One broken text for every place that looks so. Comments are left alone."""

    def broken(text: str) -> Iterator[str]:
        for found in re.finditer(pattern, text, re.M):
            line = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
            if re.search(r"(?:^|\s)#", line):
                continue
            new = found.expand(instead) if isinstance(instead, str) else instead(found)
            if new != found[0]:
                yield text[: found.start()] + new + text[found.end() :]

    return broken


def typo(found: re.Match[str]) -> str:
    """Two different letters of the first group that stand side by side change their places: the last that can."""
    word = found[1]
    for at in range(len(word) - 2, -1, -1):
        if word[at] != word[at + 1] and (word[at] + word[at + 1]).isalpha():
            return _instead(found, word[:at] + word[at + 1] + word[at] + word[at + 2 :])
    return found[0]


def lost(found: re.Match[str]) -> str:
    """A letter in the middle of the first group is lost."""
    word = found[1]
    return _instead(found, word[: len(word) // 2] + word[len(word) // 2 + 1 :])


def digits(found: re.Match[str]) -> str:
    """The last two digits side by side that differ change their places."""
    word = found[0]
    for at in range(len(word) - 2, -1, -1):
        if word[at] != word[at + 1] and (word[at] + word[at + 1]).isdigit():
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word


def _instead(found: re.Match[str], word: str) -> str:
    start, end = found.start(1) - found.start(), found.end(1) - found.start()
    return found[0][:start] + word + found[0][end:]


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def blocks(lines: list[str], pattern: str) -> Iterator[tuple[int, int]]:
    """Where each entry that looks so begins, and where what stands below it ends."""
    for at, line in enumerate(lines):
        if re.fullmatch(pattern, line):
            end = at + 1
            while end < len(lines) and lines[end].strip() and _depth(lines[end]) > _depth(line):
                end += 1
            yield at, end


def without(pattern: str) -> Break:
    """An entry is taken away, with all that stands below it."""

    def broken(text: str) -> Iterator[str]:
        lines = text.split("\n")
        for at, end in blocks(lines, pattern):
            yield "\n".join([*lines[:at], *lines[end:]])

    return broken


def gone(step: str) -> Break:
    """A step is taken away: in a file of its own by leaving it out, in one that extends another by saying `false`."""

    def broken(text: str) -> Iterator[str]:
        lines = text.split("\n")
        if "extends: default" not in lines:
            yield from without(rf"      {step}:.*")(text)
            return
        left = list(without(rf"      {step}:.*")(text)) or [text]
        switched = left[0].split("\n")
        at = switched.index("  subscribe_to_plan:") + 2
        yield "\n".join([*switched[:at], f"      {step}: false", *switched[at:]])

    return broken


def asked_for(text: str) -> Iterator[str]:
    """An option of a field gets another name where it is offered, and not where a condition asks for it."""
    for word in sorted(set(re.findall(r"\{[a-z0-9_]+\.[a-z0-9_]+: \[?([a-z_]+)(?=[,}\]])", text)) - {"true", "false"}):
        yield from each(rf"(options: .*?[ {{\[])({word})(?=[,:\]}}])", r"\1\2s")(text)
        yield from each(rf"^(              ){word}(?=: \{{)", rf"\1{word}s")(text)


def read_elsewhere(text: str) -> Iterator[str]:
    """A step of one's own is taken away, and conditions still read what was answered there."""
    for step in sorted(set(re.findall(r"\{([a-z0-9_]+)\.[a-z0-9_]+: ", text))):
        for left in without(rf"      {step}:")(text):
            if f"{{{step}." in left:
                yield left


def turned(pattern: str) -> Break:
    """Two entries side by side change their places."""

    def broken(text: str) -> Iterator[str]:
        lines = text.split("\n")
        found = list(blocks(lines, pattern))
        for (at, middle), (then, end) in pairwise(found):
            if middle == then and _depth(lines[at]) == _depth(lines[then]):
                yield "\n".join([*lines[:at], *lines[then:end], *lines[at:middle], *lines[end:]])

    return broken


def first(pattern: str, before: str) -> Break:
    """An entry is moved in front of the first that looks like `before`, on the same depth above it."""

    def broken(text: str) -> Iterator[str]:
        lines = text.split("\n")
        for at, end in blocks(lines, pattern):
            others = [
                other for other, _ in blocks(lines, before) if other < at and _depth(lines[other]) == _depth(lines[at])
            ]
            between = [line for line in lines[others[-1] : at] if line.strip()] if others else []
            if others and all(_depth(line) >= _depth(lines[at]) for line in between):
                to = others[-1]
                yield "\n".join([*lines[:to], *lines[at:end], *lines[to:at], *lines[end:]])

    return broken


def shifted(by: int) -> Break:
    """An entry, with all below it or without, is so many spaces further to the right."""

    def broken(text: str) -> Iterator[str]:
        lines = text.split("\n")
        for at, end in blocks(lines, r" *[a-z_0-9]+:.*"):
            if _depth(lines[at]) + by >= 0:
                moved = [" " * by + line if by > 0 else line[-by:] for line in lines[at:end]]
                yield "\n".join([*lines[:at], *moved, *lines[end:]])

    return broken


def both(*breaks: Break) -> Break:
    def broken(text: str) -> Iterator[str]:
        for one in breaks:
            yield from one(text)

    return broken


def upper(found: re.Match[str]) -> str:
    return found[0].upper()


def copied(found: re.Match[str]) -> str:
    return f"{{en: {found[1]}, fr: {found[1]}"
