"""Thousands of requests that nobody thought of: no error of ours, and every answer as the document says."""

import os
import re
import subprocess
import sys
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

import pytest

from generator.rehearsal.stage import KNOWN
from tests.support.town import API_SECRET, ROOT

EXAMPLES = os.environ.get("API_EXAMPLES", "30")
"""For each call and each of two phases; `make api-fuzz` makes many more."""

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "missing_required_header",
    "unsupported_method",
    "ignored_auth",
)


@contextmanager
def time_goes_on(town):
    """A town's clock stands: whoever tries as many wrong keys as there are calls would never be let in again."""
    over = Event()

    def pass_on():
        while not over.wait(0.5):
            town.clock.travel(timedelta(seconds=61))

    passing = Thread(target=pass_on)
    passing.start()
    try:
        yield
    finally:
        over.set()
        passing.join()


@pytest.mark.timeout(3600)
def test_whatever_is_asked_is_answered_as_the_document_says(own_town):
    """With names that there are, so that more than refusals is seen."""
    town = own_town()
    customer = town.ledger.put_customer("ada", "en", KNOWN, 90, frozenset())
    town.subscribes(customer, "team")
    town.subscribes(customer, "studio")

    with time_goes_on(town):
        ran = subprocess.run(
            [
                str(Path(sys.executable).with_name("schemathesis")),
                *("run", str(ROOT / "docs" / "openapi.json"), "--url", f"{town.pages}/api"),
                *("--header", f"Authorization:Bearer {API_SECRET}"),
                *("--phases", "coverage,fuzzing", "--max-examples", EXAMPLES, "--seed", "1", "--workers", "1"),
                *("--checks", ",".join(CHECKS), "--generation-database", "none", "--warnings", "off", "--no-color"),
                "--continue-on-failure",
            ],
            cwd=town.mailbox.parent,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
            timeout=3500,
        )

    assert ran.returncode == 0, ran.stdout[-6000:] + ran.stderr[-2000:]
    generated = re.search(r"([\d,]+) generated", ran.stdout)
    assert generated, ran.stdout
    assert int(generated[1].replace(",", "")) >= 1200, ran.stdout[-600:]
