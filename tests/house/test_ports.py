"""Every port, what keeps it, and which adapter is held to which case: the page has no mark without a test behind it."""

from collections import Counter, defaultdict
from importlib import import_module
from inspect import isfunction, signature

from generator import wiring
from tests.support.kept import stands
from tests.support.ports import ALL, APART, PORTS, cases, runs_of, says
from tests.support.town import ROOT

PAGE = ROOT / "docs" / "ports.md"
ROOMS = ROOT / "generator" / "ports"

HEAD = """\
# What we need from outside, and what is held to it

A port says what we need; an adapter keeps it. Each case below is a test; a mark says that the test runs with that
adapter, and a number how many times, with other values. This page is written by `UPDATE=1` on
`tests/house/test_ports.py` from the tests that there are: a mark says that there is one, and `make test` that
it passes. A dash says that the case is not run with it.
"""

NEVER = """\
## What none of this was run against

- **Stripe itself.** The column *stripe* is our adapter with Stripe's own library, and behind it a
  stand-in written from Stripe's public documentation. [stripe-score.md](stripe-score.md) says how much of Stripe it
  is, and [stripe.md](stripe.md) what is to be run before real money moves.
- **A bank.** The sandbox is ours, and moves no money.
- **A provider of mail.** `smtp` hands mail to a server of the tests' own, on the same machine.
- **An application somewhere else.** Webhooks are brought to listeners on the same machine.
- **A database on another machine.** PostgreSQL is a real server that the tests start, on the machine that they run on.
"""


def _page():
    lines = [HEAD, "| port | adapters | cases | runs |", "|---|---|---|---|"]
    for port in ALL:
        found = [case for suite in port.suites for case in cases(port, suite)]
        adapters = "<br>".join(adapter.name for adapter in port.adapters)
        runs = "<br>".join(str(sum(case.runs[adapter.name] for case in found)) for adapter in port.adapters)
        lines.append(f"| [{port.name}](#{port.name.lower().replace(' ', '-')}) | {adapters} | {len(found)} | {runs} |")
    for port in ALL:
        lines += ["", f"## {port.name}", "", *_head(port)]
        for suite in port.suites:
            lines += ["", f"`{suite.file}`: {says(suite.file)}", "", *_table(port, suite)]
    lines += ["", NEVER]
    lines += [
        "Beside these tests, about no port: " + "; ".join(f"`{file}`, {what}" for file, what in APART.items()) + "."
    ]
    return "\n".join(lines) + "\n"


def _head(port):
    for room in (port.room, *port.more) if port.room else ():
        yield f"- `generator/ports/{room}.py`: {says(f'generator/ports/{room}.py')}"
    if port.note:
        yield from ("", port.note)
    yield from ("", "Adapters: " + ", ".join(f"{one.name} (`{one.place}`)" for one in port.adapters) + ".")


def _table(port, suite):
    found = list(cases(port, suite))
    columns = [adapter.name for adapter in port.adapters if any(case.runs[adapter.name] for case in found)]
    yield f"| case | {' | '.join(columns)} |" if columns else "| case |"
    yield "|---" * (len(columns) + 1) + "|"
    for case in found:
        marks = [_mark(case.runs[name]) for name in columns]
        yield f"| {' | '.join([case.says, *marks])} |"


def _mark(runs):
    return "–" if not runs else "✓" if runs == 1 else f"✓ {runs}"


def test_the_page_is_fresh():
    fresh = _page()
    assert stands(PAGE, fresh) == fresh


def test_every_port_every_adapter_and_every_test_of_either_is_on_the_page():
    rooms = {room for port in PORTS for room in (port.room, *port.more)}
    assert rooms == {file.stem for file in ROOMS.glob("*.py")} - {"__init__", "trouble"}
    named = {port.name: {adapter.name.split()[0].strip(",") for adapter in port.adapters} for port in PORTS}
    assert named["Biller"] == set(wiring.BILLERS)
    assert named["Gateway"] == set(wiring.GATEWAYS)
    assert named["Mailer"] == set(wiring.MAILERS)
    there = {
        file.relative_to(ROOT).as_posix()
        for room in ("ports", "adapters")
        for file in (ROOT / "tests" / room).glob("test_*.py")
    }
    assert there <= {suite.file for port in ALL for suite in port.suites} | set(APART)
    assert all((ROOT / file).is_file() for file in APART)


def test_every_adapter_is_where_the_page_says_and_every_name_in_the_table_is_one_that_tests_have():
    for port in ALL:
        for adapter in port.adapters:
            room, _, name = adapter.place.partition(":")
            assert isinstance(getattr(import_module(room), name), type)
            met = {id for suite in port.suites for runs in runs_of(suite.file).values() for id in runs}
            assert set(adapter.ids) <= met, adapter
        for suite in port.suites:
            assert set(suite.but) <= set(runs_of(suite.file))
            assert {suite.one, *suite.but.values()} <= {"", *(adapter.name for adapter in port.adapters)}


def test_every_adapter_is_asked_with_the_words_of_its_port():
    """Adapters are loaded by name: no type checker sees that one of them lacks a verb, or names what it is told
    otherwise."""
    for port in PORTS:
        for adapter in port.adapters:
            room, _, name = adapter.place.partition(":")
            made = getattr(import_module(room), name)
            for protocol, verb in _verbs(port):
                asked, there = getattr(protocol, verb), getattr(made, verb, None)
                optional = getattr(protocol, "_is_runtime_protocol", False)
                assert there is not None or optional, f"{adapter.place} has no {verb}"
                assert there is None or _told(there) == _told(asked), f"{adapter.place}.{verb}"


def _verbs(port):
    for room in (port.room, *port.more):
        module = import_module(f"generator.ports.{room}")
        for protocol in vars(module).values():
            if (
                isinstance(protocol, type)
                and getattr(protocol, "_is_protocol", False)
                and protocol.__module__ == module.__name__
            ):
                yield from (
                    (protocol, verb) for verb, what in vars(protocol).items() if isfunction(what) and verb[0] != "_"
                )


def _told(verb):
    return [(one.name, one.default) for one in signature(verb).parameters.values()]


def test_what_is_counted_is_what_pytest_runs(request):
    """As far as these tests are of this run: all of them are where everything is run, the clock's are always."""
    files = {suite.file for port in ALL for suite in port.suites}
    ran = defaultdict(Counter)
    for item in request.session.items:
        file = item.path.relative_to(ROOT).as_posix()
        if file in files:
            ran[file][item.originalname] += 1
    for file, counted in ran.items():
        if set(counted) == set(runs_of(file)):
            assert counted == {name: runs.total() for name, runs in runs_of(file).items()}, file
