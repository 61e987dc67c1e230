"""Every walk in this folder holds, and its `.out` says what it shows to work and how everything stands afterwards.

First workflow, way in, case of the payment step and outcome; then, for each person, the page or redirect,
subscriptions, invoices, what the bank was asked, and mails: every walk asserts all of them. `UPDATE=1` writes it; read
what changed.
"""

from pathlib import Path

import pytest

from generator.bundle import folder
from generator.compiler.build import build as compile_definition
from generator.rehearsal import performance, script
from generator.rehearsal.script import Script
from generator.rehearsal.stand import stand
from tests.support.kept import stands
from tests.support.town import PRICES, ROOT
from tests.walks.faults import FAULTS

WALKS = sorted(Path(__file__).parent.rglob("*.walk"))


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_every_fault_can_still_be_put_in(fault):
    """`make faults` puts them in and plays the walks."""
    assert (ROOT / fault.file).read_text(encoding="utf-8").count(fault.right) == 1
    assert all((Path(__file__).parent / f"{walk}.walk").is_file() for walk in fault.walks)


@pytest.fixture(scope="module")
def built(square, tmp_path_factory):
    """The bundle that a walk goes through: the demo's, or in a folder here that of the example of its name."""
    made = {"walks": square.build}

    def build(name):
        if name not in made:
            result = compile_definition(ROOT / "examples" / name / "workflows.yaml", "workflows.yaml")
            assert result.bundle is not None, result.problems
            made[name] = tmp_path_factory.mktemp(name)
            folder.write(result.bundle, made[name])
        return made[name]

    return build


@pytest.mark.parametrize("file", WALKS, ids=lambda file: file.stem)
def test_walk(built, file):
    read = script.read(file.read_text(encoding="utf-8"), file.name)
    assert isinstance(read, Script), read
    with stand(built(file.parent.name), PRICES) as world:
        played = performance.play(read, world)
        wrong = [found for found in world.ledger.audit() if found.code != "charge-without-intent"]
    failed = played.failure
    assert failed is None, f"{failed.line.place.file}:{failed.line.place.line}: {failed.line.written}: {failed}"
    assert wrong == [], "the books of every walk are right; what somebody bought before it was paid without us"
    shown = "".join(f"{cell.workflow} {cell.way} {cell.case} {cell.outcome}\n" for cell in played.cells)
    shown += "\n" + "".join(f"{line}\n" for line in played.aftermath)
    kept = file.with_suffix(".out")
    assert stands(kept, shown) == shown
