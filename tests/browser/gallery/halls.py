"""The gallery that is looked at in tests: all that a definition can say, in the combinations of language, theme, mode
and width that are enough to have seen each with each.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from generator.compiler.build import priced, site_of
from generator.compiler.pictures.titles import titles
from generator.gallery import looks
from generator.gallery.collection import collect
from generator.gallery.hanging import Hung, everything
from generator.gallery.modes import MODES
from generator.gallery.pairs import covering
from generator.gallery.site.index import Gallery
from generator.gallery.site.write import write
from tests.browser.gallery.alike import alike, telling
from tests.support.town import ROOT

WIDTHS = {"phone": 320, "tablet": 768, "desk": 1280}

MORE = """
  terminate_subscription:
    steps:
      confirm:
        choices:
          keep: {promotion: WELCOME}
          pause: {days: 120}
"""

BANK = "\n  bank_account: {holder: Acme SAS, iban: FR14 2004 1010 0505 0001 3M02 606, bic: PSSTFRPPLIL}\n  languages:"


@dataclass(frozen=True)
class Visit:
    """One look at one file, in a mode and at a width."""

    hung: Hung
    mode: str
    width: str


def definition(folder):
    """The example with all of the language, and what else a merchant may offer."""
    acme = ROOT / "examples" / "acme"
    text = (acme / "workflows.yaml").read_text(encoding="utf-8")
    for before, after in (
        ("\n  languages:", BANK),
        ("methods: [card, transfer]", "methods: [card, sepa, transfer]"),
        ("    billing_info: {title:", "    payment_method: {buttons: {remove: {}}}\n    billing_info: {title:"),
    ):
        assert before in text
        text = text.replace(before, after)
    (folder / "workflows.yaml").write_text(text + MORE, encoding="utf-8")
    (folder / "catalog.yaml").write_text((acme / "catalog.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    return folder / "workflows.yaml"


@dataclass(frozen=True)
class Halls:
    """The definition, its collection, and where it may hang."""

    file: Path
    every_path: bool = False

    @cached_property
    def read(self):
        site, problems = site_of(self.file, "workflows.yaml")
        assert site is not None, problems
        prices = priced(self.file.with_name("catalog.yaml"), "catalog.yaml").prices
        return site, collect(site, prices, self.every_path)

    @property
    def themes(self):
        return looks.themes(self.file.parent)

    @property
    def languages(self):
        site, _ = self.read
        return tuple(dict.fromkeys((*site.languages, *looks.spoken(site.look.theme, self.file.parent))))

    def visits(self):
        """Each page in each state once; language, theme, mode and width each with each, and on each kind of page."""
        _, collection = self.read
        axes = (self.themes, self.languages, MODES, tuple(WIDTHS))
        for exhibit, (theme, language, mode, width) in covering(collection.exhibits, axes, kind):
            yield Visit(Hung(exhibit, theme, language), mode, width)

    def all(self, theme, language, out):
        """Everything in one theme and language is written there: its files, those among them that are like no other,
        and the visits that are enough to have seen all of these. Each part sees all modes and widths; in all languages
        together a page of a theme is seen in every mode and at every width.
        """
        _, collection = self.read
        hung = {one.file: one for one in everything(collection.exhibits, [theme], [language])}
        self.write(hung.values(), out)
        different = list(dict.fromkeys(alike(out, hung).values()))
        turn, shift = self.languages.index(language), self.themes.index(theme)
        numbers = {file: number for number, file in enumerate(hung)}
        visits = []
        for file in telling(out, different):
            mode = (numbers[file] + turn) % len(MODES)
            visits.append(Visit(hung[file], MODES[mode], tuple(WIDTHS)[(mode + turn + shift) % len(WIDTHS)]))
        return hung, different, visits

    def write(self, hung, out):
        """The files of these."""
        site, collection = self.read
        hung = tuple(dict.fromkeys(hung))
        asked = {(one.theme, one.language, name) for one in hung for name in names(one.exhibit)}
        wardrobe, problems = looks.Wardrobe(site, self.file.parent, "."), []
        dressed = []
        for theme in dict.fromkeys(one.theme for one in hung):

            def wanted(language, name, theme=theme):
                return (theme, language, name) in asked

            dressed.append(wardrobe.look(theme, self.languages, problems, wanted))
        assert not problems, problems
        write(Gallery(site, titles(site, self.file.parent), collection, tuple(dressed), hung), out)


def names(exhibit):
    """The baked pages that an exhibit is made of; a part is shown in the page that it belongs to."""
    return exhibit.page, *exhibit.beside, re.sub(r"\.\w+\.html$", ".html", exhibit.page)


def kind(exhibit):
    """What is made by one template looks alike, whichever workflow it belongs to."""
    if exhibit.group == "workflow":
        return exhibit.page.partition(".")[2]
    return ".".join(exhibit.page.split(".")[:2]) if exhibit.group == "mail" else exhibit.group
