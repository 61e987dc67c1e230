"""The one way in which parts of an amount become whole minor units."""


def share(minor: int, parts: int, of: int) -> int:
    """So many `parts` of an amount that has `of` of them, in minor units: half a unit and more is rounded up."""
    return (2 * minor * parts + of) // (2 * of)
