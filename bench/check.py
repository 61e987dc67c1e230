"""How long `hosted-pages check` takes for the shipped definition, beside two that read it too: `make bench-check`.

Whole processes, in turns, so that whatever else the machine does meets all of them alike. Processor time is told beside
the time on the clock: on a busy machine the clock says little.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
ROUNDS = int(os.environ.get("ROUNDS", "9"))


def main() -> int:
    """Prints a table; the ratios are to check-jsonschema in the same run."""
    folder = Path(sys.executable).parent
    with tempfile.TemporaryDirectory() as kept, tempfile.TemporaryDirectory() as emptied:
        remembering = {**os.environ, "HOSTED_PAGES_CACHE": kept}
        anew = {**os.environ, "HOSTED_PAGES_CACHE": emptied}
        forgetting = {**os.environ, "HOSTED_PAGES_CACHE": "off"}
        ours = [str(folder / "hosted-pages"), "check", "workflows.yaml"]
        schema = str(ROOT / "schemas" / "workflows.schema.json")
        runs = {
            "hosted-pages check, nothing kept at all": (ours, forgetting),
            "hosted-pages check, nothing of this definition": (ours, anew),
            "hosted-pages check, nothing changed": (ours, remembering),
            "check-jsonschema": (
                [str(folder / "check-jsonschema"), "--schemafile", schema, "workflows.yaml"],
                forgetting,
            ),
            "yamllint": ([str(folder / "yamllint"), "--config-data", "relaxed", "workflows.yaml"], forgetting),
        }
        took: dict[str, list[tuple[float, float]]] = {name: [] for name in runs}
        for turn in range(ROUNDS + 1):
            for name, (command, environment) in runs.items():
                _forget(Path(emptied))
                one = measured(command, environment)
                if turn:  # the first fills what the machine and we remember
                    took[name].append(one)
    clock = {name: statistics.median(one[0] for one in ones) for name, ones in took.items()}
    worked = {name: statistics.median(one[1] for one in ones) for name, ones in took.items()}
    say("| | clock | to check-jsonschema | processor | to check-jsonschema |")
    say("|---|---|---|---|---|")
    for name in runs:
        of_clock, of_worked = (of[name] / of["check-jsonschema"] for of in (clock, worked))
        say(f"| {name} | {clock[name]:.2f} s | {of_clock:.2f} | {worked[name]:.2f} s | {of_worked:.2f} |")
    return 0


def measured(command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """Seconds on the clock, and of a processor, for one process that must end well."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    took, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    return took, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _forget(folder: Path) -> None:
    """What was remembered of definitions; the templates of our theme, compiled by whatever check was first, stay."""
    for answer in folder.glob("*.json"):
        answer.unlink()


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
