"""Files that would hurt who reads them carelessly, and a child that has no more room and rights than anybody."""

import ctypes
import os
import resource

LARGEST = 500 * 1024 * 1024
LONGEST = 60

_DEFINITION = b"version: 1\nextends: default\n"

FILES = {
    "aliases": b"version: 1\na: &a [x,x]\n"
    + b"".join(b"a%d: &a%d [*a%d,*a%d]\n" % (n, n, n - 1, n - 1) for n in range(1, 40)).replace(b"*a0", b"*a"),
    "brackets": b"[" * 5000,
    "braces": b"{" * 5000,
    "questions": b"? " * 5000,
    "dashes": b"- " * 5000,
    "indentation": b"".join(b" " * depth + b"a:\n" for depth in range(2000)),
    "large": b"a: " + b"x" * 10_000_000,
    "one line": b"version: 1\nsite: [" + b"x" * 7_900_000,
    "one word": b"version: 1\nextends: " + b"x" * 7_900_000 + b"\n",
    "one text": _DEFINITION + b"site: {name: " + b"x" * 5_000_000 + b"}\n",
    "long key": _DEFINITION + b'? "' + b"k" * 1_000_000 + b'"\n: 1\n',
    "many keys": b"version: 1\n" + b"".join(b"k%d: 1\n" % number for number in range(30_000)),
    "more keys": b"version: 1\n" + b"".join(b"k%d: 1\n" % number for number in range(400_000)),
    "one line of keys": b"{version: 1, " + b", ".join(b"k%d: 1" % number for number in range(30_000)) + b"}",
    "many items": b"version: 1\nsite: {languages: [" + b"en," * 400_000 + b"]}\n",
    "many conditions": _DEFINITION + b"conditions:\n" + b"".join(b"  c%d: d%d\n" % (n, n) for n in range(20_000)),
    "conditions in a row": _DEFINITION + b"conditions:\n" + b"".join(b"  c%d: c%d\n" % (n, n + 1) for n in range(5000)),
    "conditions that double": _DEFINITION
    + b"conditions:\n"
    + b"".join(b"  c%d: {any: [c%d, c%d]}\n" % (n, n + 1, n + 1) for n in range(35))
    + b"  c35: {plan.ref: team}\n",
    "nul": b"version: 1\x00\n",
    "latin": "version: 1\nsite: {name: é}\n".encode("latin-1"),
    "utf-16": "version: 1\n".encode("utf-16"),
    "mark": "\ufeffversion: 1\nsite: Acme\n".encode(),
    "windows": b"version: 1\r\nsite: Acme\r\n",
    "old mac": b"version: 1\rsite: Acme\r",
    "empty": b"",
    "comment": b"# nothing\n",
    "list": b"- a\n",
    "two": b"version: 1\n---\nversion: 1\n",
    "two and a half": b'version: 1 #1\n---\n"# ignore[cut-by-comment] \\',
    "self": b"version: 1\nextends: workflows.yaml\n",
    "digits": b"version: 1\nsite: {name: " + b"9" * 6000 + b"}\n",
    "escapes": b'version: 1\n"\\e[31m\\u202E\\x9B": 1\n',
    "merge": b"version: 1\nsite: {<<: {name: Acme}}\n",
}
LINES = {"mark": 2, "windows": 2, "old mac": 2, "latin": 2, "nul": 1, "two": 2}
"""On which line the problem is, where reading it in another way would count them differently."""

NO_FILES = ("folder", "pipe", "loop", "locked", "missing")


def lay(folder, name):
    """Every file in a folder of its own, all under one name; their paths, as a person would type them."""
    for kind, data in FILES.items():
        (folder / kind).mkdir()
        (folder / kind / name).write_bytes(data)
    for kind in NO_FILES:
        (folder / kind).mkdir()
    (folder / "folder" / name).mkdir()
    os.mkfifo(folder / "pipe" / name)
    (folder / "loop" / name).symlink_to(name)
    (folder / "locked" / name).write_bytes(_DEFINITION)
    (folder / "locked" / name).chmod(0)
    return [f"{kind}/{name}" for kind in (*FILES, *NO_FILES)]


def confined():
    """Far more time than it takes, on a machine that has more to do; the room that it may take exactly.

    Root may read what is locked: the child may not, whoever it is.
    """
    resource.setrlimit(resource.RLIMIT_AS, (LARGEST, LARGEST))
    resource.setrlimit(resource.RLIMIT_CPU, (LONGEST, LONGEST))
    drop, override, search = 24, 1, 2
    if os.geteuid() == 0:
        for capability in (override, search):
            ctypes.CDLL(None).prctl(drop, capability, 0, 0, 0)
