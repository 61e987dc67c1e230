"""The program as a process of a fleet runs it: imported once, forked for each."""

import os
import sys

from generator import __main__ as program
from generator.cli import db, serve, worker
from generator.runtime import app

KEPT = (app, db, serve, worker)
"""Imported here so that no fork has to."""


def run(words: tuple[str, ...], environment: dict[str, str]) -> None:
    """`hosted-pages` with these words, in this environment."""
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["hosted-pages", *words]
    program.main()
