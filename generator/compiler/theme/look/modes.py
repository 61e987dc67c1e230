"""How a customer's device may want pages: light, dark, with more contrast."""

from collections.abc import Mapping

MODES: Mapping[str, tuple[str, ...]] = {
    "light": ("",),
    "dark": ("", "dark"),
    "contrast": ("", "contrast"),
    "dark-contrast": ("", "dark", "contrast", "dark-contrast"),
}
"""Each mode by the files of tokens that count in it, a later one over an earlier one. The first is what all say."""

FILES = ("", "dark", "contrast", "dark-contrast")

NAMED = {
    "light": "in light",
    "dark": "in dark",
    "contrast": "with more contrast",
    "dark-contrast": "in dark with more contrast",
}
"""A mode, as it is said in a sentence."""
