"""Whoever ends `dev` ends all of it, and it leaves nothing behind."""

import os
import subprocess
import sys

from tests.studio.conftest import SHORT
from tests.support.town import ROOT


def test_nothing_goes_on_and_nothing_stays(tmp_path):
    (tmp_path / "workflows.yaml").write_text(SHORT.format(name="Begun"), encoding="utf-8")
    command = [sys.executable, "-m", "generator", "dev", "workflows.yaml", "--port", "0"]
    own = tmp_path / "own"
    own.mkdir()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(own)}
    # All that it starts has its standard error: that ends when the last of them does.
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True) as program:
        told = [program.stderr.readline(), program.stderr.readline()]
        program.terminate()
        rest = program.stderr.read()

    assert told[0].startswith("open http://127.0.0.1:")
    assert "workflows" in told[1] or "pages" in told[1]
    assert "Traceback" not in rest
    assert list(own.glob("hosted-pages-dev-*")) == []
