"""Files that tests hold to what they ought to say now: pages of the docs, and what is told in each case."""

import os
from pathlib import Path


def stands(file: Path, words: str) -> str:
    """What stands in the file. `UPDATE=1` writes these words into it first, to be looked at before they are kept."""
    if os.environ.get("UPDATE"):
        file.write_text(words, encoding="utf-8")
    return file.read_text(encoding="utf-8")
