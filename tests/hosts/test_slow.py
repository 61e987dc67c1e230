"""Hundreds who send a byte now and then, or read none, keep nobody else waiting."""

import socket
from contextlib import ExitStack

import pytest
import urllib3

from tests.ports import fresh
from tests.support.fleet import Ship, clean_environment
from tests.support.fleet_program import run
from tests.support.town import LINK_KEY, RESULT_KEY, listening, written

MANY = 300
"""More than waitress takes as it comes (100), and than it has threads."""

BEGUN = {
    "headers that never end": b"GET /sign-in HTTP/1.1\r\nHost: slow\r\nX-Slow: ",
    "a form that never ends": b"POST /sign-in HTTP/1.1\r\nHost: slow\r\nContent-Length: 9000\r\n\r\nemail=",
    "nothing at all": b"",
}


@pytest.fixture
def port(square, tmp_path):
    """`hosted-pages serve`, as it is."""
    (tmp_path / "pages.db").write_bytes(fresh.upgraded())
    bound = listening()
    number = bound.getsockname()[1]
    bound.close()
    environment = {
        **clean_environment(),
        "HOSTED_PAGES_BASE_URL": f"http://127.0.0.1:{number}",
        "HOSTED_PAGES_BUILD": str(square.build),
        "HOSTED_PAGES_DATABASE_URL": f"sqlite:///{tmp_path / 'pages.db'}",
        "HOSTED_PAGES_LINK_KEYS": written(LINK_KEY),
        "HOSTED_PAGES_RESULT_KEY": written(RESULT_KEY),
        "HOSTED_PAGES_SANDBOX_URL": "http://127.0.0.1:9",
    }
    ship = Ship(run, ("serve", "--port", str(number), "--no-worker"), environment, number)
    ship.await_ready()
    yield number
    ship.kill()


def test_whoever_is_slow_keeps_nobody_waiting(port):
    with ExitStack() as slow:
        crowd = [slow.enter_context(socket.create_connection(("127.0.0.1", port))) for _ in range(MANY)]
        for count, one in enumerate(crowd):
            one.sendall(list(BEGUN.values())[count % len(BEGUN)])
        for _ in range(5):
            page = urllib3.request("GET", f"http://127.0.0.1:{port}/sign-in", retries=False, timeout=30)
            assert (page.status, b"</html>" in page.data) == (200, True)
            for one in crowd[::3]:
                one.sendall(b"a")
