"""The built pages: the current bundle, and older or newer ones that walks began with, here or on other hosts."""

import logging
from datetime import datetime, timedelta
from pathlib import Path

from generator.bundle import folder, parcel
from generator.bundle.folder import FORMAT, Bundle, NotABundle
from generator.ports.archive import Archive
from generator.ports.clock import Clock
from generator.ports.trouble import Unavailable

SAID_EVERY = timedelta(hours=1)
"""How often a host says what it serves."""

A_MOMENT = timedelta(seconds=1)
"""After which it tries again where it could not say so."""

KEPT_FOR = timedelta(days=2)
"""How long a bundle is kept that no host says it serves and no open walk began with."""

log = logging.getLogger(__name__)


class Library:
    """Loads each bundle once. Another current one is noticed at once: to deploy is to point at another folder.

    With an archive, what is served here is brought there, and what began on another host is fetched from there.
    """

    def __init__(self, build: Path, archive: Archive | None = None, clock: Clock | None = None) -> None:
        self._build = build
        self._bundles: dict[str, Bundle] = {}
        self._shared = (archive, clock) if archive is not None and clock is not None else None
        self._say_again: dict[str, datetime] = {}

    @property
    def current(self) -> Bundle:
        """The bundle that new walks begin with. Raises `NotABundle` where nothing was built."""
        path = folder.current(self._build)
        if path.name not in self._bundles:
            self._bundles[path.name] = folder.read(path)
        self._share(self._bundles[path.name])
        return self._bundles[path.name]

    def bundle(self, id: str) -> Bundle:
        """The bundle that a walk began with; where it is gone, the current one: what still fits counts."""
        if id not in self._bundles:
            try:
                self._bundles[id] = folder.read(self._build / id)
            except NotABundle:
                return self._fetched(id) or self.current
        return self._bundles[id]

    def asset(self, name: str) -> bytes | None:
        """A file of the current bundle, of any that was loaded, or of another host's: a page outlives deployments."""
        for bundle in (self.current, *self._bundles.values()):
            if name in bundle.assets:
                return bundle.assets[name]
        if self._shared is None:
            return None
        elsewhere = self._fetched(self._shared[0].with_asset(name, FORMAT) or "")
        return elsewhere.assets.get(name) if elsewhere else None

    def tidy(self) -> None:
        """Let go of bundles in the archive that nobody needs any more."""
        if self._shared is not None:
            archive, clock = self._shared
            archive.forget(clock.now() - KEPT_FOR)

    def _share(self, bundle: Bundle) -> None:
        """Other hosts may meet what begins here, before the next request."""
        if self._shared is None:
            return
        archive, clock = self._shared
        now = clock.now()
        if now < self._say_again.get(bundle.id, now):
            return
        try:
            if not archive.serving(bundle.id, now):
                archive.bring(bundle.id, FORMAT, list(bundle.assets), parcel.pack(bundle), now)
                log.info("bundle-shared bundle=%s", bundle.id)
        except Unavailable as fault:
            # Without a database no walk begins either: there is nothing yet that another host could meet.
            log.warning("bundle-not-shared bundle=%s why=%s", bundle.id, fault)
            self._say_again[bundle.id] = now + A_MOMENT
        else:
            self._say_again[bundle.id] = now + SAID_EVERY

    def _fetched(self, id: str) -> Bundle | None:
        """What another host has brought, if it has and we can read it."""
        data = self._shared[0].parcel(id, FORMAT) if self._shared and id else None
        if data is None:
            return None
        try:
            self._bundles[id] = parcel.unpack(data)
        except NotABundle as fault:
            log.error("bundle-not-read bundle=%s why=%s", id, fault)
            return None
        log.info("bundle-fetched bundle=%s", id)
        return self._bundles[id]
