"""Where the keyboard is must be seen: an outline that is taken away needs another in its place (WCAG 2.4.7)."""

import re
from collections.abc import Iterator

from generator.compiler.bake.contract.css import Declaration, Sheet
from generator.model.problem import Problem

_GONE = re.compile(r"(?:^|\s)(?:none|0(?:px|r?em)?|hidden)(?:\s|$)")
_FOCUS = re.compile(r":focus(?:-visible|-within)?(?![-\w])")
_MOUSE_ONLY = re.compile(r":focus:not\(\s*:focus-visible\s*\)")
_AROUND = re.compile(r"::?(?:before|after)$")
_BY_PROGRAM = re.compile(r"""^(?:main|h1|#main|.*\[tabindex=["']?-1["']?\])$""")
"""What only a program or a link gives the focus: no key leads there."""

_OTHERWISE = ("box-shadow", "border", "background", "text-decoration", "filter")


def check(sheets: tuple[Sheet, ...]) -> Iterator[Problem]:
    """Of each outline that is removed."""
    drawn = {(sheet.layer, base) for sheet in sheets for one in sheet.declarations for base in _drawn(one)}
    for sheet in sheets:
        for declared in sheet.declarations:
            removed = _removed(declared)
            if not removed or sheet.layer < 0:
                continue
            for selector in _selectors(declared):
                base = _base(selector)
                seen = any(
                    (on == base and layer >= sheet.layer) or (on == "" and layer > sheet.layer) for layer, on in drawn
                )
                if _MOUSE_ONLY.search(selector) or _BY_PROGRAM.match(base) or seen:
                    continue
                if removed == "transparent" and _shown_otherwise(sheet, declared):
                    continue
                says = f'"{selector}" has no outline any more, and who uses the keyboard does not see where they are'
                hint = f"leave the line away, or draw another outline in `{base or '*'}:focus-visible`"
                yield Problem("removed-focus", sheet.at(declared.start, len(declared.name)), says, hint)
                break


def _removed(declared: Declaration) -> str:
    """How the outline is taken away: not at all, in every way, or to be seen in forced colours only."""
    value = declared.value.lower().removesuffix("!important").strip()
    if declared.name in ("outline", "outline-width", "outline-style") and _GONE.search(value):
        return "gone"
    return "transparent" if declared.name in ("outline", "outline-color") and "transparent" in value else ""


def _drawn(declared: Declaration) -> Iterator[str]:
    """What has an outline when the keyboard is there: the selectors without their `:focus-visible`."""
    if declared.name.startswith("outline") and not _removed(declared) and declared.name != "outline-offset":
        yield from (_base(one) for one in _selectors(declared) if _FOCUS.search(one) and not _MOUSE_ONLY.search(one))


def _shown_otherwise(sheet: Sheet, declared: Declaration) -> bool:
    """Whether the same rule draws something else, which forced colours take away: then the outline comes up."""
    beside = (one for one in sheet.declarations if one.around == declared.around)
    return any(one.name.startswith(_OTHERWISE) and one.value not in ("none", "0") for one in beside)


def _selectors(declared: Declaration) -> list[str]:
    """Those of the rule in which it stands: of rules in rules, joined."""
    whole = ""
    for around in declared.around:
        if not around.startswith("@"):
            whole = around.replace("&", whole) if "&" in around else f"{whole} {around}".strip()
    return [one.strip() for one in whole.split(",")] if whole else []


def _base(selector: str) -> str:
    """What is meant, whether the keyboard is there or not; what is drawn before or behind it is a part of it."""
    return _AROUND.sub("", _FOCUS.sub("", _MOUSE_ONLY.sub("", selector))).strip().removesuffix("*")
