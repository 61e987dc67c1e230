"""A studio that follows a definition of its own, and a hand that saves as editors do."""

import contextlib
import shutil
import tempfile
import time
from pathlib import Path

import pytest

from generator.cli.dev import front
from generator.rehearsal.stand import address, listening, serving
from generator.studio.sources import Sources
from generator.studio.studio import Studio
from tests.support.town import PRICES

PATIENCE = 300
"""Seconds until a test gives up: nothing is measured, and the machine may have much else to do."""

SHORT = "version: 1\nextends: default\nsite: {{name: {name}, languages: [en]}}\n"


class Hand:
    """Saves files of the definition, and waits for what becomes of it."""

    def __init__(self, folder, studio):
        self.folder, self.studio, self.heard = folder, studio, []
        studio.heard = self.heard.append

    @property
    def file(self):
        return self.folder / "workflows.yaml"

    def saves(self, text, name="workflows.yaml"):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def names(self, name):
        """The site is called so from now on."""
        self.saves(SHORT.format(name=name))

    def replaces(self, text):
        """As vim and others do it: a new file in the place of the old one."""
        new = self.folder / ".workflows.yaml.swp"
        new.write_text(text, encoding="utf-8")
        new.replace(self.file)

    @property
    def shown(self):
        """The name of the site whose pages are served."""
        world, good = self.studio.world, self.studio.last_good.site
        served = world.stand.parts.library.current.site.name if world else ""
        return served if good and good.name == served else ""

    def until(self, so):
        """Wait for it."""
        ends = time.monotonic() + PATIENCE
        while not so():
            assert time.monotonic() < ends, f"still not so; heard {[made.says for made in self.heard]}"
            time.sleep(0.02)

    def told(self, after):
        """What was told of the first build that was over after so many."""
        self.until(lambda: len(self.heard) > after)
        return self.heard[after]


@contextlib.contextmanager
def studio(folder, kept):
    home = Path(tempfile.mkdtemp(prefix="studio-"))
    bound = listening()
    made = Studio(Sources(folder / "workflows.yaml", "workflows.yaml"), address(bound), PRICES, kept, home)
    hand = Hand(folder, made)
    hand.names("First")
    with serving(front(made), bound):
        made.begin()
        try:
            hand.until(lambda: hand.shown == "First")
            yield hand
        finally:
            made.end()
            shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def hand(tmp_path_factory):
    """One that all share: each test leaves a good definition behind."""
    with studio(tmp_path_factory.mktemp("written"), tmp_path_factory.mktemp("kept")) as made:
        yield made
