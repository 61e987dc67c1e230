"""The built pages: the current bundle, and older ones that walks began with."""

from pathlib import Path

from generator.bundle import folder
from generator.bundle.folder import Bundle, NotABundle


class Library:
    """Loads each bundle once. Another current one is noticed at once: to deploy is to point at another folder."""

    def __init__(self, build: Path) -> None:
        self._build = build
        self._bundles: dict[str, Bundle] = {}

    @property
    def current(self) -> Bundle:
        """The bundle that new walks begin with. Raises `NotABundle` where nothing was built."""
        path = folder.current(self._build)
        if path.name not in self._bundles:
            self._bundles[path.name] = folder.read(path)
        return self._bundles[path.name]

    def bundle(self, id: str) -> Bundle:
        """The bundle that a walk began with; where it is gone, the current one: what still fits counts."""
        if id not in self._bundles:
            try:
                self._bundles[id] = folder.read(self._build / id)
            except NotABundle:
                return self.current
        return self._bundles[id]

    def asset(self, name: str) -> bytes | None:
        """A file of the current bundle, or of any that was loaded: a page may outlive its deployment."""
        for bundle in (self.current, *self._bundles.values()):
            if name in bundle.assets:
                return bundle.assets[name]
        return None
