"""The biller against sums that were worked out by hand: `scenarios/` says what, and how."""

from pathlib import Path

import pytest

from tests.ledger.sheet import set_up
from tests.ports import fresh

FILES = sorted(Path(__file__).parent.joinpath("scenarios").glob("*.yaml"))


@pytest.mark.parametrize("engine", fresh.ENGINES, ids=lambda engine: engine.__name__)
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_scenario(file, engine, tmp_path):
    with engine(tmp_path) as database:
        for event, wanted, found in set_up(file, database).play():
            assert (event, found) == (event, wanted)
