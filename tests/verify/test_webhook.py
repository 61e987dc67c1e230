"""The three functions that verify a webhook agree with each other and with the library that signs it."""

import json
import subprocess
from datetime import UTC, datetime

import pytest
from standardwebhooks import Webhook

from generator.adapters import webhooks
from generator.model.event import Event, Happening
from generator.seal import webhook
from generator.seal.keys import Key
from tests.support.town import ROOT
from tests.verify.test_verify import node, shutil

EXAMPLES = ROOT / "examples" / "verify"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
KEYS = Key(b"hook" * 8), Key(b"once" * 8)
SECRET, OLD = webhook.secrets(KEYS, "crm")
EVENT = Event(42, NOW, "zoë", Happening("invoice.paid", "customer-1", "subscription-1", "INV-000001"))
BODY = webhooks.body(EVENT)
GOOD = {name.lower(): value for name, value in webhooks.headers(EVENT, BODY, (SECRET,), NOW).items()}
SAID = json.loads(BODY)


def signed(at, id="event-1", body=BODY, secret=SECRET):
    """Signed with the right secret, whatever it says."""
    return {**GOOD, "webhook-id": id, "webhook-timestamp": at, "webhook-signature": Webhook(secret).sign(id, NOW, body)}


BOTH = {name.lower(): value for name, value in webhooks.headers(EVENT, BODY, (OLD, SECRET), NOW).items()}

VECTORS = {
    "good": (GOOD, BODY, SECRET, 0, SAID),
    "good while keys are exchanged": (BOTH, BODY, SECRET, 0, SAID),
    "good by the other key": (BOTH, BODY, OLD, 0, SAID),
    "five minutes late": (GOOD, BODY, SECRET, 300, SAID),
    "five minutes early": (GOOD, BODY, SECRET, -300, SAID),
    "too late": (GOOD, BODY, SECRET, 301, None),
    "too early": (GOOD, BODY, SECRET, -301, None),
    "another secret": (GOOD, BODY, OLD, 0, None),
    "of another endpoint": (GOOD, BODY, webhook.secrets(KEYS, "shop")[0], 0, None),
    "body changed": (GOOD, BODY.replace("000001", "000002"), SECRET, 0, None),
    "id changed": ({**GOOD, "webhook-id": "event-000000000043"}, BODY, SECRET, 0, None),
    "time changed": ({**GOOD, "webhook-timestamp": str(int(NOW.timestamp()) + 1)}, BODY, SECRET, 0, None),
    "time is no number": (signed("now"), BODY, SECRET, 0, None),
    "no time": ({**GOOD, "webhook-timestamp": ""}, BODY, SECRET, 0, None),
    "no signature": ({**GOOD, "webhook-signature": ""}, BODY, SECRET, 0, None),
    "another version": (
        {**GOOD, "webhook-signature": GOOD["webhook-signature"].replace("v1,", "v2,")},
        BODY,
        SECRET,
        0,
        None,
    ),
    "no headers": ({}, BODY, SECRET, 0, None),
}

PYTHON = """
import json, sys; sys.path.insert(0, {folder!r}); from webhook import verify
print(json.dumps([verify(h, b.encode(), s, n) for h, b, s, n in json.load(sys.stdin)]))
"""
NODE = """
import {{ verify }} from {file!r};
let text = ""; for await (const chunk of process.stdin) text += chunk;
console.log(JSON.stringify(JSON.parse(text).map(([h, b, s, n]) => verify(h, Buffer.from(b), s, n))));
"""
PHP = """
require {file!r};
echo json_encode(array_map(fn ($asked) => verify(...$asked), json_decode(stream_get_contents(STDIN), true)));
"""


def program(language):
    match language:
        case "python":
            return ["python3", "-I", "-c", PYTHON.format(folder=str(EXAMPLES))]
        case "node":
            return [node(), "--input-type=module", "-e", NODE.format(file=(EXAMPLES / "webhook.mjs").as_uri())]
        case "php":
            return [shutil.which("php") or "php", "-r", PHP.format(file=str(EXAMPLES / "webhook.php"))]
    raise AssertionError(language)


@pytest.mark.parametrize("language", ["python", "node", "php"])
def test_a_webhook_is_verified_in(language):
    now = int(NOW.timestamp())
    asked = [[headers, body, secret, now + later] for headers, body, secret, later, _ in VECTORS.values()]

    ran = subprocess.run(program(language), input=json.dumps(asked), capture_output=True, text=True, check=False)

    assert ran.returncode == 0, ran.stderr
    answers = dict(zip(VECTORS, json.loads(ran.stdout), strict=True))
    assert answers == {name: said for name, (_, _, _, _, said) in VECTORS.items()}


def test_the_library_of_the_standard_verifies_what_we_sign():
    now = datetime.now(UTC)
    headers = webhooks.headers(EVENT, BODY, (OLD, SECRET), now)

    assert Webhook(SECRET).verify(BODY, headers) == Webhook(OLD).verify(BODY.encode(), headers) == SAID


def test_each_endpoint_and_each_key_has_a_secret_of_its_own_and_always_the_same():
    other = webhook.secrets(KEYS, "shop")

    assert len({SECRET, OLD, *other}) == 4
    assert webhook.secrets((KEYS[0],), "crm") == (SECRET,)
    assert len(SECRET) == len("whsec_") + 44


@pytest.mark.parametrize("name", ["webhook.py", "webhook.mjs", "webhook.php"])
def test_the_docs_show_it_as_it_is(name):
    docs = (ROOT / "docs" / "webhooks.md").read_text(encoding="utf-8")

    assert (EXAMPLES / name).read_text(encoding="utf-8").strip() in docs
