"""From a save to the browser: `hosted-pages dev` beside plain livereload, which runs the same build: `make bench-dev`.

In turns, in one run, so that whatever else the machine does meets both. Measured is until the browser was told and the
page that it then asks for is the new one; how long a page lets wait that is asked for meanwhile; and what becomes of
two saves.
"""

import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import urllib3
from tornado.ioloop import IOLoop
from tornado.websocket import websocket_connect

from generator.bundle import folder
from generator.compiler.build import build
from generator.rehearsal.stand import listening

ROOT = Path(__file__).parent.parent
ROUNDS = int(os.environ.get("ROUNDS", "7"))
PATIENCE = 120.0
LOST = 30.0
"""Seconds after which a save that was not shown counts as lost."""

SITE = "version: 1\nextends: default\nsite: {{name: {name}, languages: [en, fr]}}\n"
TITLE = "theme: {{notice: {{not_found: {{title: {words}}}}}}}\n"
POOL = urllib3.PoolManager(maxsize=8)


@dataclass
class Server:
    """One that follows a definition. `page` is an address whose HTML has the site's name and a title in it."""

    name: str
    file: Path
    page: str
    told: Callable[[], int]
    """How often the browser was told."""
    took: dict[str, list[float]] = field(default_factory=dict)
    lost: int = 0

    def saves(self, name: str) -> None:
        """The site's name, which every page says."""
        self.file.write_text(SITE.format(name=name), encoding="utf-8")

    def says(self, words: str) -> None:
        """What one page says."""
        _texts(self.file).write_text(TITLE.format(words=words), encoding="utf-8")

    def shows(self, name: str) -> bool:
        answer = POOL.request("GET", self.page, redirect=False, timeout=PATIENCE)
        return f"{name}<".encode() in answer.data

    def until(self, name: str, begun: float, told: int) -> float:
        """Seconds until the browser was told once more and the page is the new one."""
        while time.perf_counter() - begun < LOST:
            if self.told() > told and self.shows(name):
                return time.perf_counter() - begun
            time.sleep(0.005)
        self.lost += 1
        return LOST

    def keeps(self, what: str, seconds: float) -> None:
        self.took.setdefault(what, []).append(seconds)


def main() -> int:
    """Prints a table; ratios are to livereload in the same run."""
    with tempfile.TemporaryDirectory() as home, contextlib.ExitStack() as running:
        servers = [running.enter_context(one(Path(home))) for one in (_ours, _plain)]
        for turn in range(ROUNDS + 1):
            for server in servers if turn % 2 else reversed(servers):
                _once(server, turn, "a save that changes every page, until it is shown", server.saves)
                _once(server, turn, "a save that changes one page, until it is shown", server.says)
                _twice(server, turn, "two saves 20 ms apart, until the second one is shown", 0.02)
                _twice(server, turn, "a save in the middle of a build, until it is shown", 0.6)
    _table(*servers)
    return 0


def _once(server: Server, turn: int, what: str, save: Callable[[str], None]) -> None:
    """A save; and meanwhile a page is asked for again and again, as by somebody who looks at it."""
    name, told = f"{what.split()[4]} {turn}", server.told()
    slowest, over = [0.0], threading.Event()

    def asks() -> None:
        while not over.is_set():
            begun = time.perf_counter()
            server.shows("nothing")
            slowest[0] = max(slowest[0], time.perf_counter() - begun)

    asking = threading.Thread(target=asks)
    asking.start()
    begun = time.perf_counter()
    save(name)
    took = server.until(name, begun, told)
    over.set()
    asking.join()
    if turn:  # the first fills what the machine remembers
        server.keeps(what, took)
        server.keeps("the longest that a page lets wait meanwhile", slowest[0])
    time.sleep(1.0)


def _twice(server: Server, turn: int, what: str, apart: float) -> None:
    told, second = server.told(), f"{what[:3]} {turn} {apart}"
    server.saves(f"first {turn}")
    time.sleep(apart)
    begun = time.perf_counter()
    server.saves(second)
    took = server.until(second, begun, told)
    if turn:
        server.keeps(what, took)
    time.sleep(1.0)


def _table(ours: Server, plain: Server) -> None:
    say("| | dev | livereload | ratio |")
    say("|---|---|---|---|")
    for what, ones in ours.took.items():
        one, other = statistics.median(ones), statistics.median(plain.took[what])
        say(f"| {what} | {one:.2f} s | {other:.2f} s | {one / other:.2f} |")
    say(f"| saves that were never shown | {ours.lost} | {plain.lost} | |")


@contextlib.contextmanager
def _ours(home: Path) -> Iterator[Server]:
    file = _begun(home / "ours")
    port = _free()
    command = [sys.executable, "-m", "generator", "dev", str(file), "--port", str(port)]
    with _running(command):
        address = f"http://127.0.0.1:{port}"
        _until(lambda: json.loads(_got(f"{address}/-/state") or b"{}").get("shows"))
        count = [0]
        threading.Thread(target=_hears_events, args=(f"{address}/-/events", count), daemon=True).start()
        _until(lambda: count[0])
        yield Server("dev", file, f"{address}/nowhere", lambda: count[0])


def _hears_events(address: str, count: list[int]) -> None:
    stream = urllib3.PoolManager().request("GET", address, preload_content=False, timeout=None)
    for line in stream:
        count[0] += line.startswith(b"id:")


@contextlib.contextmanager
def _plain(home: Path) -> Iterator[Server]:
    file = _begun(home / "plain")
    port = _free()
    with _running([sys.executable, "-m", "bench.dev", "plain", str(file), str(port)]):
        address = f"http://127.0.0.1:{port}"
        page = f"{address}/current/pages/en/notice.not_found.html"
        _until(lambda: b"Begun" in (_got(page) or b""))
        count = [0]
        threading.Thread(target=_hears_reloads, args=(port, count), daemon=True).start()
        time.sleep(1.0)
        yield Server("livereload", file, page, lambda: count[0])


def _hears_reloads(port: int, count: list[int]) -> None:
    """As livereload's own script in a browser does it."""

    async def listen() -> None:
        socket = await websocket_connect(f"ws://127.0.0.1:{port}/livereload")
        hello = {"command": "hello", "protocols": ["http://livereload.com/protocols/official-7"], "ver": "2.0.8"}
        await socket.write_message(json.dumps(hello))
        await socket.write_message(json.dumps({"command": "info", "url": f"http://127.0.0.1:{port}/"}))
        while (message := await socket.read_message()) is not None:
            count[0] += '"reload"' in str(message)

    IOLoop(make_current=False).run_sync(listen)


def plain(file: Path, port: int) -> None:
    """Livereload as its own page shows it: a folder is served, a file is watched, a function is called on a change."""
    from livereload import Server as Livereload  # noqa: PLC0415 - only this process needs it

    made = file.parent / "build"

    def built() -> None:
        result = build(file, file.name)
        if result.bundle is not None:
            folder.write(result.bundle, made)

    built()
    server = Livereload()
    server.watch(str(file), built)
    server.watch(str(_texts(file)), built)
    server.serve(port=port, host="127.0.0.1", root=str(made))


@contextlib.contextmanager
def _running(command: list[str]) -> Iterator[None]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    quiet: Any = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=quiet, stderr=quiet)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def _begun(home: Path) -> Path:
    home.mkdir()
    file = home / "workflows.yaml"
    file.write_text(SITE.format(name="Begun"), encoding="utf-8")
    _texts(file).parent.mkdir()
    _texts(file).write_text(TITLE.format(words="Not here"), encoding="utf-8")
    return file


def _texts(file: Path) -> Path:
    return file.parent / "texts" / "en.yaml"


def _free() -> int:
    with listening() as bound:
        port: int = bound.getsockname()[1]
        return port


def _got(address: str) -> bytes | None:
    try:
        return POOL.request("GET", address, retries=False, timeout=PATIENCE).data
    except urllib3.exceptions.HTTPError:
        return None


def _until(so: Callable[[], Any]) -> None:
    ends = time.monotonic() + PATIENCE
    while not so():
        if time.monotonic() > ends:
            raise SystemExit("it did not start")
        time.sleep(0.1)


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    if sys.argv[1:2] == ["plain"]:
        plain(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        sys.exit(main())
