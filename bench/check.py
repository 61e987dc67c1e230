"""How long `hosted-pages check` takes for the shipped definition, beside two that read it too: `make bench-check`.

Whole processes, in turns, so that whatever else the machine does meets all of them alike. Processor time is told beside
the time on the clock: on a busy machine the clock says little. Each turn has a definition that was never seen before.
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

LIKE = "check-jsonschema"
COMPILES = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""As where programs are installed: Python keeps what it has compiled, of ours as of theirs."""


def main() -> int:
    """Prints a table; the ratios are to check-jsonschema in the same run."""
    folder = Path(sys.executable).parent
    schema = str(ROOT / "schemas" / "workflows.schema.json")
    took: dict[str, list[tuple[float, float]]] = {}
    with tempfile.TemporaryDirectory() as kept, tempfile.TemporaryDirectory() as shop:
        remembering = {**COMPILES, "HOSTED_PAGES_CACHE": kept, "PYTHONPATH": str(ROOT)}
        forgetting = {**remembering, "HOSTED_PAGES_CACHE": "off"}
        plain, own = (Path(shop, name, "workflows.yaml") for name in ("plain", "own"))
        ours = [sys.executable, "-m", "generator", "check"]
        runs = {
            "hosted-pages check, nothing kept at all": ([*ours, str(plain)], forgetting),
            "hosted-pages check, never seen": ([*ours, str(plain)], remembering),
            "hosted-pages check, never seen, with pages of its own": ([*ours, str(own)], remembering),
            "hosted-pages check, nothing changed": ([*ours, str(plain)], remembering),
            LIKE: ([str(folder / "check-jsonschema"), "--schemafile", schema, str(plain)], forgetting),
            "yamllint": ([str(folder / "yamllint"), "--config-data", "relaxed", str(plain)], forgetting),
        }
        for turn in range(ROUNDS + 1):
            for file, more in ((plain, False), (own, True)):
                file.parent.mkdir(exist_ok=True)
                file.write_text(definition(turn, more), encoding="utf-8")
            for name, (command, environment) in runs.items():
                one = measured(command, environment)
                if turn:  # the first fills what the machine and we remember
                    took.setdefault(name, []).append(one)
    clock = {name: statistics.median(one[0] for one in ones) for name, ones in took.items()}
    worked = {name: statistics.median(one[1] for one in ones) for name, ones in took.items()}
    say(f"| | clock | to {LIKE} | processor | to {LIKE} |")
    say("|---|---|---|---|---|")
    for name in took:
        of_clock, of_worked = (of[name] / of[LIKE] for of in (clock, worked))
        say(f"| {name} | {clock[name]:.2f} s | {of_clock:.2f} | {worked[name]:.2f} s | {of_worked:.2f} |")
    return 0


def definition(turn: int, more: bool) -> str:
    """The shipped one as another merchant has it; with `more`, with a step and a sentence of its own."""
    words = (ROOT / "workflows.yaml").read_text(encoding="utf-8")
    words = words.replace("name: Billing", f"name: Shop {turn}\n  urls: {{support: https://shop{turn}.example/help}}")
    if more:
        words = words.replace("Why are you leaving?", f"Why do you leave us, after {turn} years?")
        words = words.replace(
            "      # What it costs", f"      gift{turn}: {{kind: message, {SAYS}}}\n      # What it costs", 1
        )
    return words


SAYS = (
    "title: {en: A gift for you, fr: Un cadeau pour vous}, text: {en: It comes by post., fr: Il arrive par la poste.}"
)


def measured(command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """Seconds on the clock, and of a processor, for one process that must end well."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    took, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    return took, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
