"""The halls are built once for all who look at them, however many processes do, and served like any static site."""

import fcntl
import mimetypes
import os
from pathlib import Path

import pytest

from generator.rehearsal.stand import listening, serving
from tests.browser.gallery.halls import Halls, definition

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'"
)
"""As strict as that of pages that are served; only the gallery's own pages show others in frames."""


@pytest.fixture(scope="session")
def halls(tmp_path_factory):
    """The visits, and the folder in which all that they see lies."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:  # each of them has a folder of its own below the one of this run
        shared = shared.parent
    home = Path(shared, "halls")
    with open(shared / "halls.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        fresh = not home.exists()
        home.mkdir(exist_ok=True)
        made = Halls(definition(home))
        visits = list(made.visits())
        if fresh:
            made.write((visit.hung for visit in visits), home / "out")
    return visits, home / "out"


@pytest.fixture(scope="session")
def served(halls):
    """The address of the gallery."""
    _, out = halls
    with serving(static(out), listening()) as address:
        yield address


def static(folder):
    """A host that knows files and nothing else."""

    def app(environ, start_response):
        if environ["PATH_INFO"] == "/favicon.ico":  # asked for by browsers where a page names none, as mails do not
            start_response("204 No Content", [])
            return []
        file = folder / environ["PATH_INFO"].lstrip("/")
        if not file.is_file():
            start_response("404 Not Found", [("Content-Length", "0")])
            return [b""]
        data = file.read_bytes()
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        charset = "; charset=utf-8" if kind.startswith("text/") else ""
        headers = [("Content-Type", kind + charset), ("Content-Length", str(len(data)))]
        if "/pages/" not in environ["PATH_INFO"] or "/mail." not in environ["PATH_INFO"]:
            headers.append(("Content-Security-Policy", POLICY))
        start_response("200 OK", headers)
        return [data]

    return app
