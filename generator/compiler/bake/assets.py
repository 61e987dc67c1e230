"""Style sheets, scripts, fonts and pictures, each under a name that has the hash of its bytes in it."""

import hashlib
import re
from bisect import bisect_right
from collections.abc import Mapping
from pathlib import Path

from generator.compiler import colour, lines
from generator.compiler.bake import logo, svg
from generator.compiler.bake.logo import Logo
from generator.compiler.node import Scalar
from generator.compiler.theme import CASCADE, Theme
from generator.model.place import Place
from generator.model.problem import Problem
from generator.model.site import Look

ADDRESS = "/a/"
"""Where assets are served."""

_NOT_SERVED = (".css", ".txt")
"""What is joined to a style sheet, and what is for whoever reads the theme."""

_URL = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)""")


class Assets:
    """All files of a bundle's `a/` folder, and their addresses by the names that templates use.

    `logo` is the address of the merchant's logo, or empty.
    """

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self._addresses: dict[str, str] = {}
        self.logo = ""

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


def gather(theme: Theme, look: Look, beside: Path, label: str, problems: list[Problem]) -> Assets:
    """Everything that pages need. `beside` is the folder of definition and logo; problems call it `label`."""
    assets = Assets()
    for layer in reversed(theme.layers):
        for file in sorted(layer.assets.rglob("*")):
            name = file.relative_to(layer.assets).as_posix()
            if file.is_file() and file.suffix not in _NOT_SERVED and theme.asset(name) == file:
                data = file.read_bytes()
                problems += svg.check(data, theme.named(file), "bad-picture") if file.suffix == ".svg" else ()
                assets.add(name, data)
    brand = _brand(look, problems)
    layered = {layer: theme.listed("styles", layer) for layer in CASCADE}
    for sheet, names in (("style.css", layered), ("print.css", {"pages": theme.listed("prints")})):
        joined = {layer: "\n".join(_style(theme, name, assets, problems) for name in names[layer]) for layer in names}
        assets.add(sheet, _cascade({"tokens": brand, **joined}).encode())
    if look.logo:
        found = logo.read(beside / look.logo, look, label)
        if isinstance(found, Logo):
            assets.logo = assets.add(found.name, found.data)
        else:
            problems += found
    return assets


def _cascade(sheets: Mapping[str, str]) -> str:
    """Style sheets by their layer as one sheet: what a later layer says counts, however specific an earlier one is."""
    ordered = f"@layer {','.join(('tokens', *CASCADE))};"
    return "\n".join((ordered, *(f"@layer {layer}{{\n{sheet}\n}}" for layer, sheet in sheets.items() if sheet)))


def _brand(look: Look, problems: list[Problem]) -> str:
    """The merchant's colour as custom properties, for both modes."""
    if not colour.readable_on_white(look.brand):
        ratio = colour.contrast(look.brand, "#ffffff")
        says = f"the colour {look.brand} cannot be read on white: {ratio:.1f} to 1, and 4.5 to 1 is needed"
        hint = f'the nearest shade that can is "{colour.readable(look.brand)}"'
        problems.append(Problem("low-contrast", look.brand_place, says, hint))
    return (
        f":root{{{_declarations(colour.light(look.brand))}}}\n"
        f"@media (prefers-color-scheme:dark){{:root{{{_declarations(colour.dark(look.brand))}}}}}"
    )


def _declarations(brand: colour.Brand) -> str:
    return ";".join(f"{name}:{value}" for name, value in brand.properties().items())


def _style(theme: Theme, name: Scalar, assets: Assets, problems: list[Problem]) -> str:
    """A style sheet, with the addresses of what it asks for."""
    file = theme.asset(str(name.value))
    if file is None:
        says = f'there is no "{name.value}" in `assets/`'
        problems.append(Problem("missing-asset", name.place, says, "add it, or take it out"))
        return ""
    words = file.read_text(encoding="utf-8")
    starts = lines.starts(words)

    def address(found: re.Match[str]) -> str:
        asked = found[1]
        if asked.startswith(("data:", "#")):
            return found[0]
        if asked not in assets.addresses:
            line = bisect_right(starts, found.start(1))
            place = Place(theme.named(file), line, found.start(1) - starts[line - 1] + 1, len(asked))
            says = f'a style sheet asks for "{asked}", which is not in `assets/`'
            hint = "add the file; addresses elsewhere are not allowed"
            problems.append(Problem("missing-asset", place, says, hint))
            return found[0]
        return f"url({assets.addresses[asked]})"

    return _URL.sub(address, words)
