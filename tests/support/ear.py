"""A merchant's application on loopback that hears webhooks, and takes them, refuses, dawdles or leads on."""

import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Ear:
    """What it answers, one after the other and then 200 for ever, and what it heard."""

    answers: list[int | str] = field(default_factory=list)
    """A status, or `hang` (says nothing), `drip` (a letter now and then), `die` (hangs up)."""
    headers: dict[str, str] = field(default_factory=dict)
    says: str = "thank you"
    heard: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    port: int = 0

    @property
    def said(self) -> list[dict[str, Any]]:
        return [json.loads(body) for _, body in self.heard]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    @property
    def allowed(self) -> frozenset[str]:
        return frozenset((f"127.0.0.1:{self.port}", f"localhost:{self.port}"))


@contextmanager
def listening(ear: Ear, tls: ssl.SSLContext | None = None) -> Iterator[Ear]:
    over = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            ear.heard.append(({name.lower(): value for name, value in self.headers.items()}, body))
            answer = ear.answers.pop(0) if ear.answers else 200
            match answer:
                case "hang":
                    over.wait(5)
                case "die":
                    self.connection.shutdown(socket.SHUT_RDWR)
                case "drip":
                    for letter in "HTTP/1.1 200 OK\r\n" + "X: y\r\n" * 1000:
                        if over.is_set():
                            return
                        self.wfile.write(letter.encode())
                        self.wfile.flush()
                        time.sleep(0.05)
                case int():
                    said = ear.says.encode()
                    self.send_response(answer)
                    for name, value in {"Content-Length": str(len(said)), **ear.headers}.items():
                        self.send_header(name, value)
                    self.end_headers()
                    self.wfile.write(said)

        def log_message(self, *args: object) -> None:
            return

        def handle(self) -> None:
            try:
                super().handle()
            except OSError:
                return

    server = ThreadingHTTPServer(("127.0.0.1", ear.port), Handler)
    server.daemon_threads = True
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    ear.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield ear
    finally:
        over.set()
        server.shutdown()
        server.server_close()
        thread.join()
