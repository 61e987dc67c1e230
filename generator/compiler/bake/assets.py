"""Style sheets, scripts, fonts and pictures, each under a name that has the hash of its bytes in it."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from generator import later
from generator.compiler.bake import logo, sheets, svg
from generator.compiler.bake.logo import Logo
from generator.compiler.bake.orders import kind_of
from generator.compiler.theme import Theme
from generator.compiler.theme.look import Dress
from generator.model.problem import Problem
from generator.model.site import Look

ADDRESS = "/a/"
"""Where assets are served."""

STYLE = "style.css"
"""What templates call the style sheet of a page."""

_NOT_SERVED = (".css", ".txt")
"""What is joined to a style sheet, and what is for whoever reads the theme."""


class Assets:
    """All files of a bundle's `a/` folder, and their addresses by the names that templates use.

    `logo` is the address of the merchant's logo, or empty; `preloads` are those of the fonts that every page needs.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self.whole = ""
        self.files: dict[str, bytes] = {}
        self._addresses: dict[str, str] = {}
        self.logo = ""
        self.preloads: tuple[str, ...] = ()

    def add(self, name: str, data: bytes) -> str:
        """Take a file in; answers its address."""
        stem, dot, suffix = name.rpartition("/")[2].rpartition(".")
        hashed = f"{stem}.{hashlib.sha256(data).hexdigest()[:12]}{dot}{suffix}"
        self.files[hashed] = data
        self._addresses[name] = ADDRESS + hashed
        return ADDRESS + hashed

    def take(self, name: str, sheet: str) -> None:
        """Take a style sheet in; the one of the pages is served as each kind of page needs it."""
        if name == STYLE:
            self.whole = sheet
        else:
            self.add(name, sheet.encode())

    def address(self, name: str, template: str) -> str:
        """The address of an asset, as the page that this template makes has it. Of the style sheet each kind of page
        has what it needs. Raises `KeyError`."""
        if name != STYLE:
            return self._addresses[name]
        kind = kind_of(template)
        name = f"style.{kind}.css" if kind else STYLE
        if name not in self._addresses:
            fitted: str = later.load("generator.compiler.bake.fitted:fitted")(self.whole, self._theme, kind)
            self.add(name, fitted.encode())
        return self._addresses[name]

    @property
    def addresses(self) -> Mapping[str, str]:
        return self._addresses


def gather(theme: Theme, dress: Dress, look: Look, beside: Path, label: str, problems: list[Problem]) -> Assets:
    """Everything that pages need. `beside` is the folder of definition and logo; problems call it `label`."""
    assets = Assets(theme)
    for layer in reversed(theme.layers):
        for file in sorted(layer.assets.rglob("*")):
            name = file.relative_to(layer.assets).as_posix()
            if file.is_file() and file.suffix not in _NOT_SERVED and theme.asset(name) == file:
                data = file.read_bytes()
                problems += svg.check(data, theme.named(file), "bad-picture") if file.suffix == ".svg" else ()
                assets.add(name, data)
    for name, sheet in sheets.joined(theme, dress, assets.addresses, problems):
        assets.take(name, sheet)
    assets.preloads = sheets.preloads(theme, dress, assets.addresses)
    if look.logo:
        found = logo.read(beside / look.logo, look, label)
        if isinstance(found, Logo):
            assets.logo = assets.add(found.name, found.data)
        else:
            problems += found
    return assets
