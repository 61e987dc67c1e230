"""The walks of `tests/walks`, with Stripe in place of the sandbox: which of them hold, and why the others do not.

`python -m tests.standin.walks [WORD …]` plays those whose names have one of the words in them, or all.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.rehearsal import performance, script
from generator.rehearsal.script import Script
from generator.rehearsal.stand import stand
from tests.standin.bank import at_stripe
from tests.support import town as towns
from tests.support.town import PRICES, ROOT


def why_not(file: Path, build: Path) -> str:
    """What went wrong; empty where the walk holds and the books are right."""
    read = script.read(file.read_text(encoding="utf-8"), file.name)
    assert isinstance(read, Script), read
    with stand(build, PRICES, at_stripe) as world:
        played = performance.play(read, world)
        wrong = [found for found in world.ledger.audit() if found.code != "charge-without-intent"]
    if played.failure is not None:
        return f"{played.failure.line.place.line}: {played.failure.line.written}"
    return str(wrong[0]) if wrong else ""


def main(words: list[str]) -> None:
    files = sorted((ROOT / "tests" / "walks").glob("*.walk"))
    files = [file for file in files if not words or any(word in file.stem for word in words)]
    holds = 0
    with TemporaryDirectory() as home, towns.square(Path(home)) as square:
        for file in files:
            why = why_not(file, square.build)
            holds += not why
            print(f"{file.stem}: {why or 'holds'}", flush=True)
    print(f"{holds} of {len(files)} hold")


if __name__ == "__main__":
    main(sys.argv[1:])
