"""Style sheets, scripts, fonts and pictures, each under a name that has the hash of its bytes in it."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from generator.compiler.bake import logo, sheets, svg
from generator.compiler.bake.logo import Logo
from generator.compiler.theme import Theme
from generator.compiler.theme.look import Dress
from generator.model.problem import Problem
from generator.model.site import Look

ADDRESS = "/a/"
"""Where assets are served."""

_NOT_SERVED = (".css", ".txt")
"""What is joined to a style sheet, and what is for whoever reads the theme."""


class Assets:
    """All files of a bundle's `a/` folder, and their addresses by the names that templates use.

    `logo` is the address of the merchant's logo, or empty; `preloads` are those of the fonts that every page needs.
    """

    def __init__(self) -> None:
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

    @property
    def addresses(self) -> Mapping[str, str]:
        return self._addresses


def gather(theme: Theme, dress: Dress, look: Look, beside: Path, label: str, problems: list[Problem]) -> Assets:
    """Everything that pages need. `beside` is the folder of definition and logo; problems call it `label`."""
    assets = Assets()
    for layer in reversed(theme.layers):
        for file in sorted(layer.assets.rglob("*")):
            name = file.relative_to(layer.assets).as_posix()
            if file.is_file() and file.suffix not in _NOT_SERVED and theme.asset(name) == file:
                data = file.read_bytes()
                problems += svg.check(data, theme.named(file), "bad-picture") if file.suffix == ".svg" else ()
                assets.add(name, data)
    for name, sheet in sheets.joined(theme, dress, assets.addresses, problems):
        assets.add(name, sheet.encode())
    assets.preloads = sheets.preloads(theme, dress, assets.addresses)
    if look.logo:
        found = logo.read(beside / look.logo, look, label)
        if isinstance(found, Logo):
            assets.logo = assets.add(found.name, found.data)
        else:
            problems += found
    return assets
