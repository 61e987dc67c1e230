"""`make serve`: the demo starts all that it says, and its printed links work."""

import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from urllib.parse import urljoin

import pytest

from generator.model.workflow import PURPOSES
from generator.rehearsal.visitor import Visitor
from tests.support.journeys import gives_card
from tests.support.town import DEMO, ROOT


def three_free_ports():
    """The first of three in a row that nobody uses."""
    for base in range(18400, 19400, 10):
        sockets = [socket.socket() for _ in range(3)]
        try:
            for number, bound in enumerate(sockets):
                bound.bind(("127.0.0.1", base + number))
            return base
        except OSError:
            continue
        finally:
            for bound in sockets:
                bound.close()
    raise AssertionError("no three free ports")


@pytest.fixture
def demo(tmp_path):
    """The demo on ports of its own, as a person starts it."""
    base = three_free_ports()
    home = tmp_path / "demo"
    shutil.copytree(DEMO, home)
    definition = home / "workflows.yaml"
    definition.write_text(definition.read_text().replace("8402", str(base + 2)))
    command = [sys.executable, "-m", "generator", "demo", "--folder", str(home), "--port", str(base)]
    command += ["--state", str(tmp_path / "state"), "--build", str(tmp_path / "build")]
    log = tmp_path / "log"
    with log.open("w") as out:
        process = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=out)
        for _ in range(900):
            if "Stop with Ctrl-C" in log.read_text() or process.poll() is not None:
                break
            time.sleep(0.1)
        yield process, log, base
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def test_the_demo_prints_links_that_lead_to_a_paid_subscription_and_stops_cleanly(demo):
    process, log, base = demo
    words = log.read_text()
    link = re.search(r"studio-lila:.*?choose_plan +(\S+)", words, re.S)[1]

    visitor = Visitor().open(link)
    visitor.submit("Choisir Studio").submit(terms="true").submit()
    gives_card(visitor)
    assert "The result verifies: outcome paid" in visitor.text
    assert "What the API says you may use now: studio" in visitor.text
    assert visitor.url.startswith(f"http://127.0.0.1:{base + 2}/welcome?")
    visitor.open(f"http://127.0.0.1:{base}/portal")
    assert "Studio" in visitor.text

    amir = Visitor().open(re.search(r"amir:.*?portal +(\S+)", words, re.S)[1])
    assert "Studio" in amir.text
    home = Visitor().open(f"http://127.0.0.1:{base + 2}/")
    assert home.links()["Open the portal"].startswith(f"http://127.0.0.1:{base}/l/")
    every_workflow_is_reached(words, base)
    the_shop_hears_of(base, "subscription.started", "studio-lila")
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 130
    for port in range(base, base + 3):
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", port)) != 0


def the_shop_hears_of(base, kind, customer):
    """The worker brings it within seconds: what was verified is listed, with what the customer may use now."""
    for _ in range(300):
        heard = Visitor().open(f"http://127.0.0.1:{base + 2}/events").text
        if kind in heard and customer in heard:
            return
        time.sleep(0.1)
    raise AssertionError(heard)


def every_workflow_is_reached(words, base):
    """Each of the thirteen opens by its printed link, at one of its own steps; so does all that the shop links to."""
    printed = dict(re.findall(rf"^    ({'|'.join(PURPOSES)}) +\S+(?: visitor)? +(http\S+)$", words, re.M))
    assert set(printed) == set(PURPOSES)
    for workflow, link in printed.items():
        visitor = Visitor().open(link)
        assert visitor.status == 200, workflow
        assert re.match(rf"http://127.0.0.1:{base}/(w/|start/anonymous)", visitor.url), (workflow, visitor.url)
        assert "Leave" in visitor.links() or "Quitter" in visitor.links(), workflow
    shop = Visitor().open(f"http://127.0.0.1:{base + 2}/")
    for address in shop.links().values():
        assert Visitor().open(urljoin(shop.url, address)).status == 200, address
