"""What a process says of itself: a line for each thing that happens, for people or for machines to read."""

import logging
import time

from pythonjsonlogger.json import JsonFormatter

from generator.runtime.by_host import WHOSE


def begin(written: str) -> None:
    """Write to standard error from now on, in UTC: `lines`, or `json` with an object in each line."""
    handler = logging.StreamHandler()
    handler.setFormatter(_json() if written == "json" else _lines())
    handler.addFilter(_whose)
    logging.basicConfig(level=logging.INFO, handlers=[handler])


def _whose(record: logging.LogRecord) -> bool:
    """Where there are several merchants, each line says which of them it is about."""
    if whose := WHOSE.get():
        record.msg, record.args = f"{record.getMessage()} merchant={whose}", ()
    return True


def _lines() -> logging.Formatter:
    made = logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s", "%Y-%m-%dT%H:%M:%SZ")
    made.converter = time.gmtime
    return made


def _json() -> logging.Formatter:
    names = {"levelname": "level", "name": "logger", "exc_info": "trace"}
    return JsonFormatter("%(levelname)s %(name)s %(message)s", rename_fields=names, timestamp="time")
