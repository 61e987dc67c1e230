"""Several web and worker processes of one merchant behind a proxy, each of which may be killed at any moment."""

import http.client
import multiprocessing
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from threading import Thread

import urllib3

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.support.fleet_program"])
"""What is slow to import is imported once: each process of the fleet is a fork of that."""


class Ship:
    """One process, and how to put another in its place. `port` is none for a worker."""

    def __init__(self, run: Callable[..., None], words: tuple[str, ...], environment: Mapping[str, str], port: int = 0):
        self._run, self._words, self._environment = run, words, dict(environment)
        self.port = port
        self.start()

    def start(self) -> None:
        self.process = FORKS.Process(target=self._run, args=(self._words, self._environment), daemon=True)
        self.process.start()

    def kill(self) -> None:
        """As a power cut does."""
        self.process.kill()
        self.process.join()

    def stop(self) -> int:
        """As a service manager does; answers how it ended."""
        self.process.terminate()
        self.process.join(100)
        return self.process.exitcode

    def await_ready(self) -> None:
        for _ in range(1000):
            if not self.port or answers(self.port, "/readyz"):
                return
            assert self.process.exitcode is None, f"{self._words} has ended with {self.process.exitcode}"
            time.sleep(0.05)
        raise AssertionError(f"{self._words} is not ready")


def answers(port: int, path: str) -> bool:
    try:
        return urllib3.request("GET", f"http://127.0.0.1:{port}{path}", retries=False, timeout=5).status == 200
    except urllib3.exceptions.HTTPError:
        return False


@contextmanager
def proxy(port: int, backends: list[int]) -> Iterator[None]:
    """Sends each request to the next of the backends. What asks for nothing but a page is asked again elsewhere where
    one breaks off; what may have done something is so only where nobody had taken it."""
    turns = count()

    class Passing(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._pass(b"")

        def do_POST(self) -> None:
            self._pass(self.rfile.read(int(self.headers.get("Content-Length") or 0)))

        def _pass(self, body: bytes) -> None:
            for _ in range(600):
                backend = http.client.HTTPConnection("127.0.0.1", backends[next(turns) % len(backends)], timeout=60)
                taken = False
                try:
                    backend.connect()
                    taken = True
                    backend.request(self.command, self.path, body, dict(self.headers.items()))
                    answer = backend.getresponse()
                    said = answer.read()
                except (OSError, http.client.HTTPException):
                    if taken and self.command != "GET":
                        return self._say(502, [], b"broken off")
                    time.sleep(0.05)
                    continue
                finally:
                    backend.close()
                return self._say(answer.status, answer.getheaders(), said)
            return self._say(504, [], b"nobody there")

        def _say(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
            self.send_response(status)
            for name, value in headers:
                if name.lower() not in ("content-length", "connection", "date", "server", "transfer-encoding"):
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Tests say what they saw."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Passing)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def clean_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("HOSTED_PAGES_")}
