"""`make stripe-score`: marks the stand-in, and the echo beside it, and writes docs/stripe-score.md."""

from collections.abc import Iterable
from datetime import timedelta

from tests.standin.echo import echoing
from tests.standin.score import KEY, ROOT, Mark, judging, names
from tests.standin.server import standing_in

PAGE = ROOT / "docs" / "stripe-score.md"

_HEAD = """# How much of Stripe the stand-in is

Written by `make stripe-score`. Stripe's own command line (`stripe trigger`, {version}) makes each of its events happen
at the server that our tests talk to. One counts when the event arrives, Stripe's own library believes its signature,
and the object that it is about, read again, is in the state of which the event tells. No branch of the stand-in knows
what makes an event happen. What it cannot do it answers with an error. Stripe itself was never asked.

| | of {all} |
|---|---|
| the stand-in | **{ours}** |
| a server of fifty lines that says back what it hears | {echo} |

What does not count has a reason:

| event | what it says |
|---|---|
"""


def main() -> None:
    all = names()
    with standing_in(timedelta(0), (KEY,)) as stand_in, judging(stand_in.url) as judge:
        ours = [_said(judge.mark(name)) for name in all]
    with echoing() as url, judging(url) as judge:
        echo = [judge.mark(name) for name in all]
    page = _HEAD.format(version="1.52.0", all=len(all), ours=_count(ours), echo=_count(echo))
    rows = "".join(f"| `{mark.name}` | {mark.why} |\n" for mark in ours if mark.why)
    PAGE.write_text(page + rows, encoding="utf-8")
    print(f"{_count(ours)} of {len(all)}; the echo {_count(echo)}; {PAGE.relative_to(ROOT)}")


def _count(marks: Iterable[Mark]) -> int:
    return sum(not mark.why for mark in marks)


def _said(mark: Mark) -> Mark:
    print(f"{mark.name}: {mark.why or 'counts'}", flush=True)
    return mark


if __name__ == "__main__":
    main()
