"""Draws a machine: a map that says in each crossing which events lead from one state to another."""

from html import escape

CELL, ROW, LEFT, TOP = 100, 46, 236, 188
"""Width and height of a crossing; room for the names on the left and above."""

INK, SOFT, LINE, GROUND, HIT = "#16191e", "#565f6c", "#dee2e8", "#ffffff", "#eef2fd"
HUES = {
    "draft": "#64748b",
    "active": "#15803d",
    "suspended": "#b45309",
    "ended": "#7c3aed",
    "deleted": "#9f1239",
    "due": "#b45309",
    "paid": "#15803d",
    "problem": "#b91c1c",
    "void": "#64748b",
    "uncollectible": "#64748b",
    "visitor": "#64748b",
    "enabled": "#15803d",
}
"""A colour for each family of states, by how their names begin; words say the same."""


def svg(machine):
    """The map as an SVG of its own, readable in light and dark surroundings."""
    states = list(machine.states)
    rows = [*([""] if any(not one.before for one in machine.transitions) else []), *states]
    title = f"{machine.thing.capitalize()}: what becomes of it"
    wide, high = LEFT + CELL * len(states) + 64, TOP + ROW * len(rows) + 28
    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" '
        'role="img" aria-labelledby="title desc" font-family="system-ui, sans-serif">',
        f'<title id="title">{title}</title>',
        '<desc id="desc">Rows are states that it is in, columns those that it comes to; a crossing names the events. '
        "The table in states.md says the same in words.</desc>",
        f'<rect width="{wide}" height="{high}" rx="12" fill="{GROUND}"/>',
        f'<text x="24" y="38" font-size="20" font-weight="600" fill="{INK}">{title}</text>',
        f'<text x="24" y="62" font-size="13" fill="{SOFT}">From the state on the left</text>',
        f'<text x="24" y="80" font-size="13" fill="{SOFT}">to the state above, by these events.</text>',
    ]
    for number, state in enumerate(states):
        x = LEFT + CELL * number + CELL / 2
        drawn.append(_bar(LEFT + CELL * number + 4, TOP - 10, CELL - 8, 4, state))
        drawn.append(
            f'<text transform="translate({x + 4} {TOP - 18}) rotate(-40)" font-size="12.5" fill="{INK}">'
            f"{escape(state)}</text>"
        )
    for number, state in enumerate(rows):
        y = TOP + ROW * number
        drawn.append(f'<line x1="24" x2="{wide - 64}" y1="{y}" y2="{y}" stroke="{LINE}"/>')
        drawn.append(_bar(24, y + 9, 4, ROW - 18, state))
        name = escape(state) or "nothing yet"
        style = f'fill="{INK}"' if state else f'fill="{SOFT}" font-style="italic"'
        drawn.append(f'<text x="38" y="{y + ROW / 2 + 4.5}" font-size="13.5" {style}>{name}</text>')
        for column, after in enumerate(states):
            drawn += _crossing(machine, state, after, LEFT + CELL * column, y)
    drawn.append(f'<line x1="24" x2="{wide - 64}" y1="{high - 28}" y2="{high - 28}" stroke="{LINE}"/>')
    return "\n".join([*drawn, "</svg>"]) + "\n"


def _crossing(machine, before, after, x, y):
    """The events that lead from the one to the other, each on a line."""
    events = [one.event.replace("_", " ") for one in machine.transitions if (one.before, one.after) == (before, after)]
    if events:
        yield f'<rect x="{x + 2}" y="{y + 3}" width="{CELL - 4}" height="{ROW - 6}" rx="6" fill="{HIT}"/>'
    size = 11 if len(events) < 4 else 9
    top = y + ROW / 2 + 4 - (len(events) - 1) * (size + 1.5) / 2
    for number, event in enumerate(events):
        yield (
            f'<text x="{x + CELL / 2}" y="{top + number * (size + 1.5):.1f}" font-size="{_fits(event, size)}" '
            f'text-anchor="middle" fill="{INK}">{escape(event)}</text>'
        )


def _fits(event, size):
    """Long names are set smaller, so that they stay in their crossing."""
    return size if len(event) <= 15 else size - 1.5


def _bar(x, y, width, height, state):
    family = next((hue for begins, hue in HUES.items() if state.startswith(begins)), SOFT)
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="2" fill="{family}"/>'


def mermaid(machine):
    """The same as a diagram that code hosts draw."""
    joined = {}
    for one in machine.transitions:
        joined.setdefault((one.before or "[*]", one.after), []).append(one.event)
    return (
        ["```mermaid", "stateDiagram-v2", "  direction LR"]
        + [f"  {before} --> {after}: {', '.join(events)}" for (before, after), events in joined.items()]
        + ["```"]
    )
