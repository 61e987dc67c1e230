"""The page about webhooks names every kind of event, with what is said of it, and shows how to verify one."""

import json
from datetime import UTC, datetime
from pathlib import Path

from generator.adapters import webhooks
from generator.model.event import Event, Happening
from generator.model.event_kinds import KINDS
from generator.runtime.courier import LADDER
from tests.support.kept import stands
from tests.support.town import ROOT

PAGE = ROOT / "docs" / "webhooks.md"
EXAMPLES = ROOT / "examples" / "verify"
AT = datetime(2026, 11, 29, 12, tzinfo=UTC)

ABOUT = {
    "customer": Happening("", "customer-4b1f"),
    "subscription": Happening("", "customer-4b1f", "subscription-9c27"),
    "invoice": Happening("", "customer-4b1f", "subscription-9c27", "INV-000042"),
    "credit_note": Happening("", "customer-4b1f", "subscription-9c27", "INV-000042", "CN-000007"),
    "refund": Happening("", "customer-4b1f", "subscription-9c27", "INV-000042", "CN-000007"),
}

HEAD = (Path(__file__).with_name("webhooks.md")).read_text(encoding="utf-8")
"""What stands before the code and the table."""


def _code(name, language):
    return f"```{language}\n{(EXAMPLES / name).read_text(encoding='utf-8').strip()}\n```\n"


def _ladder():
    steps = [f"{int(wait.total_seconds()) // 60} minutes" for wait in LADDER[1:3]]
    hours = [f"{int(wait.total_seconds()) // 3600}" for wait in LADDER[3:7]]
    days = sum(wait.total_seconds() for wait in LADDER) / 86400
    return f"after a minute, {', '.join(steps)}, {', '.join(hours)} hours, then daily up to the {int(days) + 1}th day"


def _page():
    lines = [HEAD.format(ladder=_ladder())]
    lines += [_code("webhook.py", "python"), _code("webhook.mjs", "js"), _code("webhook.php", "php")]
    lines += ["## Every event\n", "| `type` | when |\n|---|---|"]
    lines[-1] += "".join(f"\n| `{kind}` | {says} |" for kind, says in KINDS.items()) + "\n"
    lines += [
        "## What is said of it\n",
        "`customer` is your own name for them, `customer_id` ours; `subscription` is our id of it, `invoice` and "
        "`credit_note` are\ntheir numbers. What does not apply is left out.\n",
    ]
    for number, (thing, about) in enumerate(ABOUT.items(), 41):
        kind = next(kind for kind in KINDS if kind.startswith(f"{thing}."))
        said = json.loads(webhooks.body(Event(number, AT, "ada", Happening(kind, *list(vars(about).values())[1:]))))
        lines.append(f"Of a {thing.replace('_', ' ')}:\n\n```json\n{json.dumps(said, indent=2)}\n```\n")
    return "\n".join(lines)


def test_the_page_about_webhooks_is_fresh():
    fresh = _page()
    assert stands(PAGE, fresh) == fresh


def test_everything_that_is_ever_told_has_an_example_and_each_kind_says_when_it_comes():
    assert {kind.partition(".")[0] for kind in KINDS} == set(ABOUT)
    assert all(KINDS.values())
