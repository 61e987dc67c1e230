"""The API section of the developers' page is run, from the first call to what the customer may use."""

import json
import re
import runpy
import shlex
from string import Template
from urllib.parse import parse_qs, urlsplit

from tests.api.calls import call
from tests.support.town import API_SECRET, RESULT_KEY, ROOT, written

PAGE = (ROOT / "docs" / "developers.md").read_text(encoding="utf-8")
STEPS = re.findall(r"```sh\n(curl .*?)```\n```json\n(.*?)```", PAGE, re.S)


verify = runpy.run_path(str(ROOT / "examples" / "verify" / "verify.py"))["verify"]


def typed(town, command, **known):
    """What curl would do."""
    command = Template(command.replace("\\\n", " ")).safe_substitute(PAGES=town.pages, KEY=API_SECRET, **known)
    words = shlex.split(command)
    method, headers, body, url = "GET", {}, None, ""
    rest = iter(words[1:])
    for word in rest:
        match word:
            case "-X":
                method = next(rest)
            case "-H":
                name, _, value = next(rest).partition(": ")
                headers[name] = value
            case "-d":
                body = next(rest)
            case _:
                url = word
    assert headers.pop("Authorization") == f"Bearer {API_SECRET}"
    more = {"body": body} if body else {}
    return call(town, method, url.removeprefix(f"{town.pages}/api"), **more, **headers)


def says(answer, shown):
    return all(answer.get(name) == value for name, value in shown.items())


def test_from_nothing_to_what_a_customer_may_use(own_town, visitor):
    town = own_town()
    known, answers = {}, []
    for command, shown in STEPS[:3]:
        answers.append(typed(town, command, **known))
        assert answers[-1].status in (200, 201), answers[-1].said
        assert says(answers[-1].said, json.loads(shown)), answers[-1].said
        known["SUBSCRIPTION"] = answers[-1].said.get("id", known.get("SUBSCRIPTION", ""))

    visitor.open(answers[2].said["url"])
    visitor.submit(terms="true")
    visitor.submit(method="offline:transfer")
    assert "result=" in visitor.url, (visitor.url, visitor.text)
    query = {name: values[0] for name, values in parse_qs(urlsplit(visitor.url).query).items()}
    said = verify(query["result"], written(RESULT_KEY), town.clock.now().timestamp())
    assert (said["outcome"], said["idsub"]) == ("due", known["SUBSCRIPTION"])

    command, shown = STEPS[3]
    assert says(typed(town, command).said, json.loads(shown))
    assert len(STEPS) == 4
