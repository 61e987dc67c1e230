"""Good definitions are broken in every way that `breaks` knows: each broken one must be told, or make no difference.

    python -m tests.language.mutants [--most 5] [--kind WORDS] [--good WORDS] [--processes 2]

*Caught* is of what `check` says something that it does not say of the good one. *Harmless* is what makes the same
bundle, or shows and asks five hundred random customers the same (`journeys`). Everything else is *missed*. The table
goes to `docs/mutants.md`. Nothing is drawn but by seeds that stand here: two runs say the same.
"""

import argparse
import json
import multiprocessing
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from generator.compiler.build import Built
from generator.compiler.versions.compare import compare
from tests.language import journeys, quick, written
from tests.language.breaks import GROUPS, KINDS
from tests.support.town import ROOT

MOST = 5
"""How many broken texts of one kind and one good text are looked at; drawn by lot where there are more."""

EXAMPLES = ("workflows.yaml", *(f"examples/{name}/workflows.yaml" for name in ("acme", "demo", "languages", "short")))
DRAWN = (*range(7), 11)
"""The seeds of definitions that are drawn by lot; a catalog lies beside them that sells their plans."""

CAUGHT, SAME, ALIKE, MISSED = "caught", "the same bundle", "the same walks", "missed"
PAGE = ROOT / "docs" / "mutants.md"
BEGINS = "<!-- what follows is written by `make mutants` -->"
MOST_CODES = 4
"""So many codes that caught something are named in a row, those that caught most."""


@dataclass(frozen=True)
class Good:
    """A valid definition, and where it lies."""

    label: str
    path: Path
    text: str


@dataclass(frozen=True)
class Mutant:
    """A good text that was broken: in which way, and what it is now."""

    kind: str
    good: str
    text: str

    @property
    def line(self) -> int:
        """The first line that is another one."""
        lines = zip(goods()[self.good].text.split("\n"), [*self.text.split("\n"), ""], strict=False)
        return next((number for number, (was, now) in enumerate(lines, 1) if was != now), 1)


@dataclass(frozen=True)
class Verdict:
    """What became of it; `codes` say what `check` tells, or what `diff` does of what is missed."""

    mutant: Mutant
    fate: str
    codes: tuple[str, ...] = ()


@cache
def goods() -> dict[str, Good]:
    """The valid definitions by their names."""
    found = [Good(file, ROOT / file, (ROOT / file).read_text(encoding="utf-8")) for file in EXAMPLES]
    for seed in DRAWN:
        text = written.as_people_do(json.loads(written.definition(Random(seed), wild=False)))
        found.append(Good(f"drawn {seed}", ROOT / "examples" / "acme" / "workflows.yaml", text))
    return {good.label: good for good in found}


def mutants(most: int = MOST) -> list[Mutant]:
    """All that are looked at, no text twice."""
    found: dict[tuple[str, str], Mutant] = {}
    for good in goods().values():
        for kind, broken in KINDS.items():
            texts = [
                text
                for text in dict.fromkeys(broken(good.text))
                if text != good.text and (good.label, text) not in found
            ]
            for text in Random(f"{kind} in {good.label}").sample(texts, min(most, len(texts))):
                found[good.label, text] = Mutant(kind, good.label, text)
    return list(found.values())


@cache
def _clean(label: str) -> Built:
    """What the good one makes."""
    good = goods()[label]
    built = quick.built(good.path, good.label, good.text)
    assert built.bundle is not None, [str(problem) for problem in built.problems]
    assert not built.problems, [str(problem) for problem in built.problems]
    return built


def judged(mutant: Mutant) -> Verdict:
    """What becomes of it."""
    good, clean = goods()[mutant.good], _clean(mutant.good)
    broken = quick.built(good.path, good.label, mutant.text)
    if broken.problems:
        return Verdict(mutant, CAUGHT, tuple(sorted({problem.code for problem in broken.problems})))
    assert broken.bundle is not None, "where nothing is wrong there is a bundle"
    if broken.bundle.id == clean.bundle.id:
        return Verdict(mutant, SAME)
    if journeys.Pair(clean.bundle, broken.bundle).first_difference() is None:
        return Verdict(mutant, ALIKE)
    told = ("diff",) if compare(clean.bundle.site, broken.bundle.site) else ()
    return Verdict(mutant, MISSED, told)


def all_judged(some: Sequence[Mutant], processes: int) -> Iterator[Verdict]:
    """Each in its turn, by so many processes: what is nearly alike is judged by the same one."""
    if processes < 2:
        yield from map(judged, some)
        return
    context = multiprocessing.get_context("fork")
    with context.Pool(processes) as pool:
        yield from pool.imap(judged, some, chunksize=25)


def table(verdicts: Sequence[Verdict]) -> str:
    """All kinds with what became of them, and the sum."""
    lines = []
    for group, kinds in GROUPS.items():
        lines += [
            "",
            f"## {group}",
            "",
            "| what was done | made | caught | by | harmless | missed |",
            "|---|--:|--:|---|--:|--:|",
        ]
        lines += [_row(kind, [one for one in verdicts if one.mutant.kind == kind]) for kind in kinds]
    return "\n".join(lines)


def _row(kind: str, verdicts: Sequence[Verdict]) -> str:
    fates = Counter(verdict.fate for verdict in verdicts)
    codes = Counter(code for verdict in verdicts if verdict.fate == CAUGHT for code in verdict.codes)
    said = [f"`{code}`" for code, _ in codes.most_common(MOST_CODES)] + ["…"] * (len(codes) > MOST_CODES)
    harmless, missed = fates[SAME] + fates[ALIKE], fates[MISSED]
    return f"| {kind} | {len(verdicts)} | {fates[CAUGHT]} | {' '.join(said)} | {harmless or ''} | {missed or ''} |"


def summary(verdicts: Sequence[Verdict]) -> str:
    """In a few sentences."""
    fates = Counter(verdict.fate for verdict in verdicts)
    harmful = fates[CAUGHT] + fates[MISSED]
    told = sum(bool(verdict.codes) for verdict in verdicts if verdict.fate == MISSED)
    return (
        f"**{len(verdicts):,} broken definitions** of {len({one.mutant.good for one in verdicts})} good ones, in "
        f"{len({one.mutant.kind for one in verdicts})} kinds of ways: {fates[CAUGHT]:,} caught, {fates[SAME]:,} that "
        f"make the same bundle, {fates[ALIKE]:,} that {journeys.MANY} customers meet as before, {fates[MISSED]:,} "
        f"missed. "
        f"Of what does harm **{fates[CAUGHT] / harmful:.1%} is caught** by whoever has nothing but the definition. "
        f"Of the {fates[MISSED]:,} that are missed, `hosted-pages diff` says of {told:,} what they change: with the "
        f"version before at hand **{(fates[CAUGHT] + told) / harmful:.1%} is told**."
    )


def page(verdicts: Sequence[Verdict]) -> str:
    """`docs/mutants.md`, its own words as they stand there."""
    before, _, _ = PAGE.read_text(encoding="utf-8").partition(BEGINS)
    return f"{before}{BEGINS}\n\n{summary(verdicts)}\n{table(verdicts)}\n"


def line_of(verdict: Verdict) -> str:
    """One of them on one line: what became of it, in which way it was broken, and where."""
    mutant = verdict.mutant
    written = ([*mutant.text.split("\n"), *[""] * mutant.line])[mutant.line - 1].strip()
    return f"{verdict.fate} [{' '.join(verdict.codes)}] {mutant.kind}: {mutant.good}:{mutant.line}: {written[:150]}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=MOST, help="broken texts of one kind and good text")
    parser.add_argument("--kind", default="", help="only the kinds whose words match this; the page stays as it is")
    parser.add_argument(
        "--good", default="", help="only the good texts whose names match this; the page stays as it is"
    )
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    asked = parser.parse_args()
    some = [
        mutant
        for mutant in mutants(asked.most)
        if re.search(asked.kind, mutant.kind) and re.search(asked.good, mutant.good)
    ]
    began, verdicts = time.monotonic(), []
    for verdict in all_judged(some, asked.processes):
        verdicts.append(verdict)
        if verdict.fate == MISSED or asked.kind:
            print(line_of(verdict), flush=True)
        if len(verdicts) % 250 == 0:
            print(f"{len(verdicts)} of {len(some)}, {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    print(summary(verdicts))
    if not asked.kind and not asked.good and asked.most == MOST:
        PAGE.write_text(page(verdicts), encoding="utf-8")


if __name__ == "__main__":
    quick.install()
    main()
