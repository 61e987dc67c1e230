"""What the runtime is put together from; `wiring` fills it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from generator.ports.biller import Biller
from generator.ports.clock import Clock
from generator.ports.gateway import Gateway
from generator.ports.mailer import Mailer
from generator.ports.messenger import Messenger, Mute
from generator.ports.printer import Printer
from generator.ports.store import Store
from generator.runtime.library import Library
from generator.runtime.tally import Tally
from generator.seal.api_keys import ApiKey
from generator.seal.keys import Key
from generator.seal.token import Sealer


@dataclass(frozen=True)
class Parts:
    """`base_url` is where customers reach us, without a slash at its end; addresses are made from it alone.

    `api_pace` is how many requests a minute one of the keys may make. `proxies` is how many of the operator's own stand
    before us, so that the client is who the first of them saw. `kept` is how long quotes and walks stay after anybody
    last went on with them. `metrics_key` opens /metrics, and nothing does where it is empty. `unready` says why nobody
    should be sent here now; nothing where all is well.
    """

    library: Library
    biller: Biller
    gateway: Gateway
    store: Store
    mailer: Mailer
    clock: Clock
    base_url: str
    links: Sealer
    visits: Sealer
    forms: Key
    results: Key
    printer: Printer
    messenger: Messenger = field(default_factory=Mute)
    api_keys: tuple[ApiKey, ...] = ()
    api_pace: int = 600
    proxies: int = 0
    kept: timedelta = timedelta(days=90)
    metrics_key: str = ""
    unready: Callable[[], str] = lambda: ""
    tally: Tally = field(default_factory=Tally)

    @property
    def secure(self) -> bool:
        """Whether customers reach us over an encrypted connection."""
        return self.base_url.startswith("https://")

    @property
    def today(self) -> date:
        """The day that it is for the merchant."""
        return self.clock.now().astimezone(ZoneInfo(self.library.current.site.time_zone)).date()

    @property
    def host(self) -> str:
        return urlsplit(self.base_url).netloc
