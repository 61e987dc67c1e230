"""Every walk in this folder holds, and its `.out` says what it shows to work and how everything stands afterwards.

First workflow, way in, case of the payment step and outcome; then, for each person, the page or redirect,
subscriptions, invoices, what the bank was asked, and mails: every walk asserts all of them. `UPDATE=1` writes it; read
what changed.
"""

import os
from pathlib import Path

import pytest

from generator.cli import demo_books
from generator.rehearsal import performance, script
from generator.rehearsal.script import Script
from generator.rehearsal.stand import stand
from tests.support.town import DEMO, ROOT
from tests.walks.faults import FAULTS

WALKS = sorted(Path(__file__).parent.glob("*.walk"))
BOOKS = demo_books.read(DEMO / "books.json")


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_every_fault_can_still_be_put_in(fault):
    """`make faults` puts them in and plays the walks."""
    assert (ROOT / fault.file).read_text(encoding="utf-8").count(fault.right) == 1
    assert all((Path(__file__).parent / f"{walk}.walk").is_file() for walk in fault.walks)


@pytest.mark.parametrize("file", WALKS, ids=lambda file: file.stem)
def test_walk(square, file):
    read = script.read(file.read_text(encoding="utf-8"), file.name)
    assert isinstance(read, Script), read
    with stand(square.build, BOOKS.catalog, BOOKS.tax_rate) as world:
        played = performance.play(read, world)
    failed = played.failure
    assert failed is None, f"{failed.line.place.file}:{failed.line.place.line}: {failed.line.written}: {failed}"
    shown = "".join(f"{cell.workflow} {cell.way} {cell.case} {cell.outcome}\n" for cell in played.cells)
    shown += "\n" + "".join(f"{line}\n" for line in played.aftermath)
    kept = file.with_suffix(".out")
    if os.environ.get("UPDATE"):
        kept.write_text(shown, encoding="utf-8")
    assert kept.read_text(encoding="utf-8") == shown
