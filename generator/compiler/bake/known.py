"""Pages that are known to come out well, of whatever site they are: what one check has proved, the next need not.

A page is known where all that it is made from is the same: its template, its live names, and whatever of the definition
the template looked at. It is so of what is shipped, which only places a merchant's own words (its name, its addresses):
of those nothing counts but whether they are said, which `tests/house/test_placed.py` holds its templates to. What a
theme brings itself is held to its contract on every page, and always made.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.compiler.bake.looked import ALL, SITE, Looked
from generator.compiler.bake.material import Material
from generator.compiler.bake.orders import Order
from generator.compiler.bake.shown import shown
from generator.compiler.shelf import Shelf, private
from generator.model.site import Site

MOST_KEPT = 50
"""In how many choices of languages pages are known; the oldest go."""

MOST_ALIKE = 100
"""How many pages of one kind that differ in what was looked at are known; the oldest go."""

PLACED = ("name", "seller", "bank_account", "urls")
"""What of a site is a merchant's own words: they are placed as they are."""


@dataclass
class Known:
    """Of one site in its theme; nothing is known or kept without a folder, and nothing is trusted in one into which
    others may write. `ours` is the hash of our program and all that it brings along."""

    folder: Path | None
    ours: str
    site: Site
    material: Material
    _pages: dict[str, list[list[Any]]] = field(default_factory=dict)
    _parts: dict[str, str] = field(default_factory=dict)
    _looks: dict[tuple[int, str], str] = field(default_factory=dict)
    _new: bool = False

    def __post_init__(self) -> None:
        dress, files = self.material.dress, self.material.files
        self._key = _hashed((self.ours, self.site.languages, dress.scheme, bool(files.logo), len(files.preloads)))
        kept = self.folder and self.material.theme.shipped and private(self.folder)
        self._shelf = Shelf(self.folder, ".pages", MOST_KEPT) if self.folder and kept else None
        pages = self._shelf.take(self._key) if self._shelf else None
        if pages is not None:
            self._pages = json.loads(pages)

    def has(self, order: Order, language: str) -> bool:
        """Whether this page comes out well in this language."""
        if self._shelf is None:
            return False
        for looks, texts, hashes in self._pages.get(self._page(order, language), ()):
            if self._seen(order, language, looks, texts) in hashes:
                return True
        return False

    def add(self, order: Order, language: str, looked: Looked) -> None:
        """It does: nothing is wrong with it, whoever asks."""
        looks, texts = [list(look) for look in looked.looks], list(looked.texts)
        alike = self._pages.setdefault(self._page(order, language), [])
        hashes = next((hashes for known, said, hashes in alike if known == looks and said == texts), None)
        if hashes is None:
            hashes = []
            alike.append([looks, texts, hashes])
        hashes.append(self._seen(order, language, looks, texts))
        del hashes[:-MOST_ALIKE], alike[:-MOST_ALIKE]
        self._new = True

    def keep(self) -> None:
        """For whoever checks after us."""
        if self._shelf and self._new:
            self._shelf.put(self._key, json.dumps(self._pages, separators=(",", ":")).encode())

    def _page(self, order: Order, language: str) -> str:
        """What is always looked at."""
        kind, keys = order.kind, tuple(order.keys(self.site).items())
        return _hashed(
            (
                self.material.theme.layers[0].name,
                language,
                kind.template,
                kind.live,
                "mail" in order.given,
                keys,
                shown(order.box),
            )
        )

    def _seen(self, order: Order, language: str, looks: Sequence[Sequence[str]], texts: Sequence[str]) -> str:
        """The hash of all that was looked at: in this page, and of what the merchant says otherwise than the theme."""
        seen = [self._of_site(part) if name == SITE else self._of(order.given.get(name), part) for name, part in looks]
        own = self.site.wordings.get(language, {})
        said = [(key, own[key].says) for key in sorted(own) if key in texts or key.rpartition(".")[0] in texts]
        return _hashed((seen, said))

    def _of_site(self, part: str) -> str:
        if part not in self._parts:
            if part == "workflow":
                value: Any = [workflow.id for workflow in self.site.workflows]
            else:
                value = getattr(self.site, part, None)
                value = said(value) if part in PLACED else shown(value)
            self._parts[part] = repr(value)
        return self._parts[part]

    def _of(self, value: Any, part: str) -> str:
        """A step is looked at by many pages: its orders hold it, so nothing else ever has its address."""
        look = (id(value), part)
        if look not in self._looks:
            self._looks[look] = repr(shown(value if part in ("", ALL) else getattr(value, part, None)))
        return self._looks[look]


def said(value: Any) -> Any:
    """What of a merchant's own words counts where they are only placed: which are said at all."""
    match value:
        case str():
            return bool(value.strip())
        case Mapping():
            return [(key, said(item)) for key, item in value.items()]
        case _:
            return [(name, said(item)) for name, item in vars(value).items()]


def _hashed(value: Any) -> str:
    return hashlib.blake2b(repr(value).encode(errors="surrogatepass"), digest_size=12).hexdigest()
