"""The one place where a port meets its adapter, and the only one that reads the environment.

What is heavy is named here and loaded when it is needed: `check` never loads a web server or a database.
"""

import logging
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import urlsplit

from generator import later
from generator.model.settings import PREFIX, SETTINGS
from generator.seal import api_keys
from generator.seal.keys import HOW_TO_MAKE, Key, read, read_ring

LEAST_DAYS, MOST_DAYS = 1, 3650
"""How long quotes and walks may be kept. A walk that somebody may still come back to stays in any case."""


class Unset(Exception):
    """A setting is missing or cannot be read; says which, and what to do."""


@dataclass(frozen=True)
class Settings:
    """What the environment says. Paths and addresses are as an operator writes them."""

    database_url: str
    build: Path
    base_url: str
    link_keys: tuple[Key, ...]
    result_key: Key
    api_keys: tuple[api_keys.ApiKey, ...]
    api_pace: int
    gateway: str
    biller: str
    log: str
    mailer: str
    raw: Mapping[str, str]


def load(name: str) -> Any:
    """A verb or an adapter, by its `module:name`."""
    return later.load(name)


def beyond(names: tuple[str, ...], environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The environment for a program that we start, without these."""
    return {name: value for name, value in environment.items() if name not in names}


def become(said: Mapping[str, str], without: str) -> None:
    """From here on the environment of this process says this, and says nothing of one name."""
    os.environ.update(said)
    os.environ.pop(without, None)


def settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the environment. Raises `Unset`: a secret that is missing is not made up."""
    if environment.get(PREFIX + "MERCHANTS"):
        raise Unset(f"{PREFIX}MERCHANTS is set, so that there are several: say whose, `hosted-pages --merchant NAME …`")
    base_url = _value(environment, "BASE_URL").rstrip("/")
    return Settings(
        database_url=environment.get(PREFIX + "DATABASE_URL", "sqlite:///hosted-pages.db"),
        build=Path(environment.get(PREFIX + "BUILD", "build")),
        base_url=base_url,
        link_keys=_key(environment, "LINK_KEYS", read_ring),
        result_key=_key(environment, "RESULT_KEY", read),
        api_keys=_api_keys(environment.get(PREFIX + "API_KEYS", "")),
        api_pace=_count(environment.get(PREFIX + "API_PACE", "600"), "API_PACE"),
        gateway=environment.get(PREFIX + "GATEWAY", "sandbox"),
        biller=environment.get(PREFIX + "BILLER", "ledger"),
        log=_log(environment.get(PREFIX + "LOG") or "lines"),
        mailer=environment.get(PREFIX + "MAILER") or ("smtp" if environment.get(PREFIX + "SMTP_URL") else "mailbox"),
        raw=environment,
    )


def _value(environment: Mapping[str, str], name: str, more: str = "") -> str:
    value = environment.get(PREFIX + name, "")
    if not value:
        raise Unset(f"{PREFIX}{name} is not set: {SETTINGS[name]}{more}")
    return value


def _log(written: str) -> str:
    if written not in ("lines", "json"):
        raise Unset(f"{PREFIX}LOG is {written!r}: write lines or json")
    return written


def _number(environment: Mapping[str, str], name: str, usual: int) -> int:
    written = environment.get(PREFIX + name) or str(usual)
    if not written.isdecimal():
        raise Unset(f"{PREFIX}{name} is {written!r}: write a whole number")
    return int(written)


def _kept(environment: Mapping[str, str]) -> timedelta:
    days = _number(environment, "KEEP_DAYS", 90)
    if not LEAST_DAYS <= days <= MOST_DAYS:
        raise Unset(f"{PREFIX}KEEP_DAYS is {days}: write {LEAST_DAYS} to {MOST_DAYS}")
    return timedelta(days=days)


def _key(environment: Mapping[str, str], name: str, reader: Callable[[str], Any]) -> Any:
    written = _value(environment, name, f"; make one with: {HOW_TO_MAKE}")
    try:
        keys = reader(written)
    except ValueError as fault:
        raise Unset(f"{PREFIX}{name} cannot be used: {fault}") from fault
    if not keys:
        raise Unset(f"{PREFIX}{name} is empty; make a key with: {HOW_TO_MAKE}")
    return keys


def _api_keys(written: str) -> tuple[api_keys.ApiKey, ...]:
    """None is no mistake: then nobody may use the API."""
    try:
        return api_keys.read(written)
    except ValueError as fault:
        raise Unset(f"{PREFIX}API_KEYS cannot be used: {fault}") from fault


def _count(written: str, name: str) -> int:
    if not (written.isascii() and written.isdigit() and 1 <= len(written) <= 7):
        raise Unset(f"{PREFIX}{name} is {written!r}: write a whole number")
    return int(written)


def memory_folder(environment: Mapping[str, str] = os.environ) -> Path | None:
    """Where `check` keeps what it came to; nowhere where `off` is said, or where nobody has a home."""
    said = environment.get(PREFIX + "CACHE", "")
    if said == "off":
        return None
    if said:
        return Path(said)
    home = environment.get("LOCALAPPDATA") or environment.get("XDG_CACHE_HOME") or _home_cache(environment)
    return Path(home) / "hosted-pages" if home and Path(home).is_absolute() else None


def kept_folder(environment: Mapping[str, str] = os.environ) -> Path | None:
    """Where is kept what does not hang on a definition: the templates of themes, compiled."""
    folder = memory_folder(environment)
    return folder / "templates" if folder else None


def known_folder(environment: Mapping[str, str] = os.environ) -> Path | None:
    """Where is kept which pages are known to come out well."""
    folder = memory_folder(environment)
    return folder / "pages" if folder else None


def _home_cache(environment: Mapping[str, str]) -> str:
    home = environment.get("HOME", "")
    return os.path.join(home, *(("Library", "Caches") if sys.platform == "darwin" else (".cache",))) if home else ""


def in_colour(out: TextIO, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether to write in colour: only on a terminal, and only where nobody asked for none (https://no-color.org)."""
    return out.isatty() and not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"


def database(settings: Settings) -> Any:
    """The database of the settings, whatever state it is in. Raises `Unset`."""
    try:
        return load("generator.adapters.sql.database:Database")(settings.database_url)
    except ValueError as fault:
        raise Unset(f"{PREFIX}DATABASE_URL cannot be used: {fault}") from fault


def parts(settings: Settings) -> Any:
    """Everything that serves, put together. Raises what the parts raise where one is not ready."""
    sealer = load("generator.seal.token:Sealer")
    data = database(settings)
    load("generator.adapters.sql.schema:check_version")(data)
    clock = load("generator.adapters.clock:SystemClock")()
    archive = load("generator.adapters.archive:SqlArchive")(data)
    library = load("generator.runtime.library:Library")(settings.build, archive, clock)
    _agreed(settings.biller, library.current.site.biller)
    gateway = _named(GATEWAYS, settings.gateway, "GATEWAY")(settings, data)
    biller = _named(BILLERS, settings.biller, "BILLER")(settings, data, clock, library.current.site.time_zone)
    tally = load("generator.runtime.tally:Tally")()
    sparing = load("generator.ports.sparing:Sparing")
    for part, name in ((gateway, gateway.name), (biller, f"{settings.biller} as biller")):
        if isinstance(part, sparing):
            part.on_rest(tally.rests.labels(name).inc)
    return load("generator.runtime.parts:Parts")(
        library=library,
        biller=biller,
        gateway=gateway,
        store=load("generator.adapters.store:SqlStore")(data),
        mailer=_named(MAILERS, settings.mailer, "MAILER")(settings, library.current.site.name),
        clock=clock,
        base_url=settings.base_url,
        links=sealer(settings.link_keys, "link"),
        visits=sealer(settings.link_keys, "visit"),
        forms=settings.link_keys[0],
        results=settings.result_key,
        printer=PaperOnDemand(),
        messenger=_messenger(settings),
        api_keys=settings.api_keys,
        api_pace=settings.api_pace,
        proxies=_number(settings.raw, "PROXIES", 0),
        kept=_kept(settings.raw),
        metrics_key=settings.raw.get(PREFIX + "METRICS_KEY", ""),
        unready=lambda: _unready(data),
        tally=tally,
    )


def _unready(data: Any) -> str:
    """Why this process should not be asked now: its database is away, or no longer of its version."""
    try:
        load("generator.adapters.sql.schema:check_version")(data)
    except (load("generator.ports.trouble:Unavailable"), load("generator.adapters.sql.schema:WrongSchema")) as fault:
        return str(fault)
    return ""


def paper() -> Any:
    """WeasyPrint, where it and its system's libraries are installed; serving goes on without."""
    # The time of day is stamped into each font that is cut to size: without this the same invoice is another file.
    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")
    logging.getLogger("weasyprint.progress").disabled = True
    try:
        return load("generator.adapters.paper:Paper")()
    except (ImportError, OSError) as missing:
        return load("generator.adapters.nopaper:NoPaper")(str(missing).strip().splitlines()[0])


class PaperOnDemand:
    """Looks for what prints when something is printed for the first time: it is heavy, and most verbs never do."""

    @cached_property
    def _found(self) -> Any:
        return paper()

    def pdf(self, html: str, asset: Callable[[str], bytes | None], bill: Any = None) -> bytes:
        made: bytes = self._found.pdf(html, asset, bill)
        return made


def _named(shipped: Mapping[str, Callable[..., Any]], name: str, setting: str) -> Callable[..., Any]:
    """One of ours, or a merchant's own as `module:name`, which is called with the same arguments."""
    if ":" in name:
        made: Callable[..., Any] = load(name)
        return made
    if name not in shipped:
        raise Unset(f"{PREFIX}{setting} is {name!r}: write {' or '.join(shipped)}, or `module:name` for your own")
    return shipped[name]


def _ledger(settings: Settings, database: Any, clock: Any, time_zone: str) -> Any:
    return load("generator.adapters.ledger.biller:Ledger")(database, clock, time_zone)


def _agreed(asked: str, said: str) -> None:
    """What was checked of the definition was checked for the biller that it says."""
    if ":" not in asked and asked != said:
        raise Unset(
            f"{PREFIX}BILLER is {asked!r}, and the definition was checked for {said!r}: "
            f"write `site: {{biller: {asked}}}` and build again, or set {PREFIX}BILLER={said}"
        )


def _stripe_biller(settings: Settings, database: Any, clock: Any, time_zone: str) -> Any:
    """What a customer pays is taken by the gateway and becomes an invoice's: both are at Stripe, or neither is."""
    if settings.gateway != "stripe":
        raise Unset(f"{PREFIX}BILLER is 'stripe', and {PREFIX}GATEWAY is {settings.gateway!r}: write stripe for both")
    account = _stripe_account(settings)
    return load("generator.adapters.stripe_biller.biller:StripeBiller")(account, database, clock, time_zone)


def _sandbox(settings: Settings, database: Any) -> Any:
    """`SANDBOX_URL` is where we reach the bank, `SANDBOX_PUBLIC_URL` where customers do, if that is another place."""
    url = _value(settings.raw, "SANDBOX_URL")
    patience = float(settings.raw.get(PREFIX + "SANDBOX_PATIENCE", "20"))
    public = settings.raw.get(PREFIX + "SANDBOX_PUBLIC_URL") or url
    return load("generator.adapters.sandbox.gateway:SandboxGateway")(url, public, patience)


def _messenger(settings: Settings) -> Any:
    """Without a key nothing can be signed, and whatever waits goes on waiting."""
    keys = webhook_keys(settings)
    if not keys:
        return load("generator.ports.messenger:Mute")()
    return load("generator.adapters.webhooks:Webhooks")(keys, webhooks_allowed(settings))


def webhook_keys(settings: Settings) -> tuple[Key, ...]:
    """The keys from which the secrets of endpoints are worked out; the first is the one that they are told."""
    written = settings.raw.get(PREFIX + "WEBHOOK_KEYS", "")
    return _key(settings.raw, "WEBHOOK_KEYS", read_ring) if written else ()


def webhooks_allowed(settings: Settings) -> frozenset[str]:
    """Addresses of the operator's own, `host:port`, that may be private and told unencrypted."""
    written = settings.raw.get(PREFIX + "WEBHOOKS_ALLOW", "").split(",")
    allowed = frozenset(part.strip() for part in written if part.strip())
    if wrong := sorted(part for part in allowed if not part.rpartition(":")[2].isdecimal()):
        raise Unset(f"{PREFIX}WEBHOOKS_ALLOW has {wrong[0]!r}: write host:port, with commas between them")
    return allowed


def _stripe_account(settings: Settings) -> Any:
    """`STRIPE_BASE` is for tests: Stripe is asked at its own address where it is not set."""
    key = _value(settings.raw, "STRIPE_KEY")
    secrets = _listed(settings.raw.get(PREFIX + "STRIPE_WEBHOOK_SECRET", ""))
    pages = _listed(settings.raw.get(PREFIX + "STRIPE_PAGES", ""))
    more: dict[str, Any] = {"pages": pages} if pages else {}
    base = settings.raw.get(PREFIX + "STRIPE_BASE", "").rstrip("/")
    patience = _number(settings.raw, "STRIPE_PATIENCE", 10)
    more |= _stripe_field(settings)
    try:
        return load("generator.adapters.stripe.account:Account")(key, secrets, base, patience=patience, **more)
    except ValueError as fault:
        raise Unset(f"{PREFIX}STRIPE_KEY cannot be used: {fault}") from fault
    except ImportError as missing:
        raise Unset("Stripe's library is not installed: pip install 'hosted-pages[stripe]'") from missing


def _stripe(settings: Settings, database: Any) -> Any:
    return load("generator.adapters.stripe.gateway:StripeGateway")(_stripe_account(settings), database)


def _stripe_field(settings: Settings) -> dict[str, str]:
    """With a publishable key, cards are typed in Stripe's field on our page. `STRIPE_SCRIPT` is for tests."""
    said = {
        "public_key": settings.raw.get(PREFIX + "STRIPE_PUBLISHABLE_KEY", ""),
        "script": settings.raw.get(PREFIX + "STRIPE_SCRIPT", ""),
    }
    return {name: value for name, value in said.items() if value}


def _listed(written: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in written.split(",") if word.strip())


def _mailbox(settings: Settings, merchant: str) -> Any:
    folder = Path(settings.raw.get(PREFIX + "MAILBOX", "mailbox"))
    sender = settings.raw.get(PREFIX + "MAIL_FROM", "billing@localhost")
    return _sending(load("generator.adapters.mailbox:Mailbox"), folder, sender, merchant)


def _smtp(settings: Settings, merchant: str) -> Any:
    """The name by which we greet the mail server is the one by which customers know us."""
    url = _value(settings.raw, "SMTP_URL")
    sender = _value(settings.raw, "MAIL_FROM")
    try:
        server = load("generator.adapters.smtp:server")(url)
    except ValueError as fault:
        raise Unset(f"{PREFIX}SMTP_URL cannot be used: {fault}") from fault
    helo = urlsplit(settings.base_url).hostname or "localhost"
    return _sending(load("generator.adapters.smtp:Smtp"), server, sender, merchant, helo)


def _sending(make: Callable[..., Any], to: Any, sender: str, merchant: str, *more: Any) -> Any:
    try:
        return make(to, sender, merchant, *more)
    except (ValueError, OSError) as fault:
        raise Unset(f"mail cannot be sent: {fault} ({PREFIX}MAIL_FROM, {PREFIX}SMTP_URL)") from fault


BILLERS: Mapping[str, Callable[..., Any]] = {"ledger": _ledger, "stripe": _stripe_biller}
GATEWAYS: Mapping[str, Callable[..., Any]] = {"sandbox": _sandbox, "stripe": _stripe}
MAILERS: Mapping[str, Callable[..., Any]] = {"mailbox": _mailbox, "smtp": _smtp}

WORKER_PAUSE = timedelta(seconds=2)
"""How long a worker rests when there was nothing to do."""


@dataclass(frozen=True)
class Verb:
    """What a person may type after `hosted-pages`: where it is, and what it does in a few words."""

    place: str
    says: str
    extras: str = "serve"
    """What has to be installed with us for it."""


VERBS: Mapping[str, Verb] = {
    "init": Verb("generator.cli.init:init", "Write a first definition, with comments."),
    "check": Verb("generator.cli.check:check", "Say everything that is wrong with a definition."),
    "build": Verb("generator.cli.build:build", "Make the pages of a definition."),
    "serve": Verb("generator.cli.serve:serve", "Serve the pages that were built."),
    "worker": Verb("generator.cli.worker:worker", "Ask about payments, renew and charge, bring mail and webhooks."),
    "link": Verb("generator.cli.link:link", "Make an encrypted way in for one customer."),
    "consents": Verb("generator.cli.consents:consents", "Print what a customer agreed to, word for word."),
    "catalog": Verb("generator.cli.catalog:catalog", "Bring in what is sold from catalog.yaml, or write it out."),
    "customer": Verb("generator.cli.merchant:customer", "Create, change and read customers."),
    "subscription": Verb("generator.cli.merchant:subscription", "Prepare, read, put on hold and end subscriptions."),
    "invoice": Verb(
        "generator.cli.invoices:invoice",
        "Read invoices, mark them as paid, give money back, take one back or give one up.",
    ),
    "usage": Verb("generator.cli.merchant:use", "Report what was used of an option, and read it back."),
    "entitlements": Verb("generator.cli.merchant:rights", "Say what a customer may use now."),
    "links": Verb("generator.cli.links:links", "List what a customer can be linked to, or revoke their links."),
    "lsp": Verb("generator.cli.lsp:lsp", "Answer an editor, which shows what is wrong while you write.", "lsp"),
    "explain": Verb("generator.cli.explain:explain", "Say what a problem is, or what may be done with a subscription."),
    "diff": Verb("generator.cli.diff:diff", "Say what another version of a definition changes for customers."),
    "texts": Verb("generator.cli.texts:texts", "Write out all that is to be said in one language more."),
    "graph": Verb("generator.cli.graph:graph", "Draw each workflow of a definition as a picture."),
    "dev": Verb(
        "generator.cli.dev:dev", "Show the pages while they are written: whatever is saved is shown.", "serve,dev"
    ),
    "gallery": Verb("generator.cli.gallery:gallery", "Show every page of a definition in every state, as a site."),
    "walk": Verb("generator.cli.walk:walk", "Let customers walk through a definition, and say what went wrong."),
    "doctor": Verb("generator.cli.doctor:doctor", "Look through settings, database and books, and say what is wrong."),
    "jobs": Verb("generator.cli.jobs:jobs", "See what waits to go out or is given up, and have it tried again."),
    "webhooks": Verb(
        "generator.cli.webhooks:webhooks", "Say which addresses are told of events, and what they were told."
    ),
    "db": Verb("generator.cli.db:db", "Look after the database."),
    "sandbox": Verb("generator.cli.sandbox:sandbox", "Start a bank that moves no money."),
    "demo": Verb("generator.cli.demo:demo", "Show all of it with a merchant of its own."),
}
"""Loaded one at a time, when it is typed: that is why `check` is quick."""
