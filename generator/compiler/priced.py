"""A catalog becomes a price list, by the same stages as a definition."""

from dataclasses import replace
from pathlib import Path

from generator import shipped
from generator.compiler import catalog, checks, source
from generator.compiler.shaped import shaped, versioned
from generator.compiler.told import Found, Told

SCHEMA = shipped.SCHEMAS / "catalog.schema.json"


def priced(path: Path, label: str, written: str | None = None, languages: tuple[str, ...] = ()) -> Told:
    """Read a catalog. `languages` are those of the pages, where they are known."""
    found, prices = Found(), None
    reading = source.read(path, label) if written is None else source.read_text(written, label)
    root = shaped(reading, found, SCHEMA)
    found.problems += checks.of_file(reading.text, label)
    if root is not None and not found.stops() and versioned(root, found):
        prices = catalog.read(root, languages, found.problems)
    told = found.told(prices is not None)
    return replace(told, prices=prices if told.good else None)
