"""Bundles that all hosts of a merchant share: what one of them serves, the others can fetch."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol


class Archive(Protocol):
    """A parcel is a bundle in one piece. Any call may raise `Unavailable`."""

    def serving(self, bundle: str, now: datetime) -> bool:
        """Keep that a host serves the bundle now. False where it is not here yet and has to be brought."""
        ...

    def bring(self, bundle: str, format: int, assets: Collection[str], parcel: bytes, now: datetime) -> None:
        """Keep the bundle, with the names of its assets; one that is here stays as it is."""
        ...

    def parcel(self, bundle: str, format: int) -> bytes | None:
        """The bundle, where it is here and in the format that is asked for."""
        ...

    def with_asset(self, name: str, format: int) -> str | None:
        """A bundle that has this asset."""
        ...

    def forget(self, before: datetime) -> None:
        """Let go of bundles that nobody has served since then and no open walk began with."""
        ...
