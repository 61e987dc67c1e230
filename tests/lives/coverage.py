"""Which states and transitions were visited in lives, and why the others were not."""

from collections import Counter

from generator.model.customer_machine import CUSTOMER
from generator.model.invoice_machine import INVOICE, PAYABLE
from generator.model.subscription_machine import SUBSCRIPTION
from tests.lives.life import Visited

MACHINES = (SUBSCRIPTION, INVOICE, CUSTOMER)

Step = tuple[str, str, str, str]

STOOD_STILL = "only where a process stood still between order and intent: tests/ledger/test_holds.py"

NOT_VISITED: dict[Step, str] = {
    ("subscription", "", "started", "active_running"): "orders from before there were drafts are made no more",
    **{("subscription", one, "started", "active_running"): STOOD_STILL for one in ("draft_agent", "deleted")},
    **{("invoice", one, "paid", "paid"): STOOD_STILL for one in PAYABLE},
    **{("invoice", one, "promised", "due_offline"): STOOD_STILL for one in PAYABLE},
}
"""Transitions that no life comes by, each with the reason."""

NO_STATE: dict[tuple[str, str], str] = {
    ("invoice", "draft"): "an invoice is made out and issued in one transaction",
    ("invoice", "draft_charging"): "what is ordered is invoiced when it is paid",
    ("invoice", "due_to_process"): "debits are not collected in batches",
}
"""States that no life comes to, each with the reason."""


def unvisited(visited: Visited) -> list[Step]:
    """What was not visited, and nobody says why."""
    every = [(one.thing, step.before, step.event, step.after) for one in MACHINES for step in one.transitions]
    return [step for step in every if not visited[step] and step not in NOT_VISITED]


def told(visited: Visited) -> str:
    """The table: every state, every transition, how often."""
    lines = []
    for machine in MACHINES:
        states: Counter[str] = Counter()
        for (thing, _, _, after), count in visited.items():
            if thing == machine.thing:
                states[after] += count
        lines += [f"{machine.thing}: {len(states)} of {len(machine.states)} states"]
        for state in machine.states:
            why = NO_STATE.get((machine.thing, state), "" if states[state] else "NOT VISITED")
            lines.append(f"  {states[state]:>9}  {state}{f'  ({why})' if why else ''}")
        lines.append("")
        for one in machine.transitions:
            step = (machine.thing, one.before, one.event, one.after)
            why = NOT_VISITED.get(step, "" if visited[step] else "NOT VISITED")
            moved = f"{one.before or '–'} --{one.event}--> {one.after}"
            lines.append(f"  {visited[step]:>9}  {moved}{f'  ({why})' if why and not visited[step] else ''}")
        lines.append("")
    return "\n".join(lines)
