"""Everything that `dev` holds together: the builds, the world that shows the last good one, and who is told of it."""

import threading
import traceback
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from generator.model.price_list import PriceList
from generator.studio.follower import Follower
from generator.studio.front import framed, kept_in
from generator.studio.making import Made, hang
from generator.studio.news import News
from generator.studio.sources import Sources
from generator.studio.world import World, world

NOTHING_YET = Made(False, "", "nothing is built yet")

LEFT = "/-/left"
"""Where whoever would leave us is told so."""


class Studio:
    """`address` is its own. `usual` is what is sold where no catalog lies beside the definition."""

    def __init__(self, sources: Sources, address: str, usual: PriceList, kept: Path | None, home: Path) -> None:
        self.address, self.news = address, News()
        self.made = self.last_good = NOTHING_YET
        self.heard: Callable[[Made], None] = lambda made: None
        self.world: World | None = None
        self.follower = Follower(sources, home / "build", self._finished, kept, home=home)
        self._usual, self._home = usual, home
        self._running, self._lock = ExitStack(), threading.Lock()
        self._hung, self._hanging = "", threading.Lock()

    def begin(self) -> threading.Thread:
        """Follow the sources, in a thread of its own."""
        thread = threading.Thread(target=self.follower.follow, daemon=True, name="follower")
        thread.start()
        return thread

    def end(self) -> None:
        self.follower.stop()
        self.news.close()
        self._running.close()

    def pages(self, environ: dict[str, Any], start: Any) -> Any:
        """The merchant's pages, as they were built last."""
        assert self.world is not None, "there are none until something good was built"
        pages = framed(self.world.pages, "'self'")
        return kept_in(pages, self._inside, lambda to: f"{LEFT}?{to}")(environ, start)

    def _inside(self) -> tuple[str, ...]:
        return (self.address, self.world.stand.bank) if self.world else (self.address,)

    def _finished(self, made: Made) -> None:
        """What is good is shown from now on; what is not is told, and the last good pages stay."""
        with self._lock:
            if made.good:
                made = self._shown(made)
            self.last_good = made if made.good else self.last_good
            self.made = made
            self.news.tell(made.good, made.says)
        self.heard(made)

    def _shown(self, made: Made) -> Made:
        """The same, or that we cannot show it: nothing that goes wrong here may end the following."""
        try:
            self._shows(made)
        except Exception:  # noqa: BLE001 - told as what it is
            return replace(made, good=False, broke=True, told=traceback.format_exc(), says="this is a bug of ours")
        return made

    def _shows(self, made: Made) -> None:
        prices = made.prices or self._usual
        if self.world is None:
            around = partial(framed, address=self.address)
            build = self.follower.build
            self.world = self._running.enter_context(world(build, prices, self.address, around))
        elif prices != (self.last_good.prices or self._usual):
            self.world.sells(prices)

    def hung(self) -> Path | None:
        """The gallery of the last good build, made when somebody looks at it; None where nothing good was built yet."""
        with self._hanging:
            good, order, prices = self.last_good, self.follower.good, self.last_good.prices or self._usual
            if order is None:
                return None
            out = self._home / "gallery"
            if self._hung != good.bundle:
                with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
                    pool.submit(
                        hang, order.build / good.bundle, self.follower.sources.file.parent, prices, out
                    ).result()
                self._hung = good.bundle
            return out
