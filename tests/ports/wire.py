"""A wire to a gateway that can be cut: what it says is lost, or already what it is asked."""

import re
import socket
import socketserver
import threading


class Wire(socketserver.ThreadingTCPServer):
    """`cut` is what gets lost, `question` or `answer`: from the first request on that is `decisive`."""

    daemon_threads = True

    def __init__(self, port: int, decisive: re.Pattern[bytes] = re.compile(b"")) -> None:
        self.far_end = port
        self._cut = ""
        self._decisive = decisive
        self._came = False
        super().__init__(("127.0.0.1", 0), Call)
        self.url = f"http://127.0.0.1:{self.server_address[1]}"

    @property
    def cut(self) -> str:
        return self._cut

    @cut.setter
    def cut(self, what: str) -> None:
        self._cut, self._came = what, False

    def lost(self, asked: bytes) -> str:
        """What is lost of this request."""
        self._came = self._came or bool(self._cut and self._decisive.search(asked))
        return self._cut if self._came else ""


class Call(socketserver.BaseRequestHandler):
    server: Wire
    lost = ""

    def handle(self) -> None:
        with socket.create_connection(("127.0.0.1", self.server.far_end)) as bank:
            threading.Thread(target=self.ask, args=(bank,), daemon=True).start()
            while (answer := bank.recv(65536)) and not self.lost:
                self.request.sendall(answer)

    def _heard(self) -> bytes:
        try:
            return self.request.recv(65536)
        except OSError:
            return b""  # the other direction was cut, and the line is closed

    def ask(self, bank: socket.socket) -> None:
        while asked := self._heard():
            self.lost = self.server.lost(asked) or self.lost
            if self.lost == "question":
                return bank.shutdown(socket.SHUT_RDWR)
            bank.sendall(asked)
        return None
