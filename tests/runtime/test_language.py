"""Who asks for a language that we do not speak gets its nearest neighbour, and never a later wish before it."""

import pytest
from flask import Flask, request

from generator.runtime.language import nearest, negotiated


@pytest.mark.parametrize(
    ("wishes", "languages", "answer"),
    [
        (["de-AT", "en"], ("en", "de"), "de"),
        (["pt-BR"], ("en", "pt"), "pt"),
        (["pt"], ("en", "pt-BR"), "pt-BR"),
        (["pt-PT"], ("en", "pt-BR"), "pt-BR"),
        (["zh-Hant-TW"], ("zh-Hans", "zh-Hant"), "zh-Hant"),
        (["FR_ca"], ("en", "fr"), "fr"),
        (["fr"], ("fr-CA", "fr", "en"), "fr"),
        (["sv", "ja"], ("en", "ja"), "ja"),
        (["de"], ("en", "den"), ""),
        (["", "*"], ("en", "fr"), ""),
    ],
)
def test_a_wish_is_answered_by_the_nearest_of_ours(wishes, languages, answer):
    assert nearest(wishes, languages) == answer


@pytest.mark.parametrize(
    ("header", "answer"),
    [
        ("en;q=0.5, de-AT", "de"),
        ("fr;q=0, en;q=0.1", "en"),
        ("sv, fr-CH;q=0.9, en;q=0.8", "fr"),
        ("*", "de"),
        ("nonsense;;q=,", "de"),
        ("", "de"),
    ],
)
def test_a_browser_says_what_it_prefers(header, answer):
    with Flask(__name__).test_request_context(headers={"Accept-Language": header}):
        assert negotiated(request, ("de", "en", "fr")) == answer


def test_the_switch_comes_before_the_customer_and_the_customer_before_the_browser():
    app = Flask(__name__)
    asked = {"Accept-Language": "en"}
    with app.test_request_context(headers=asked):
        assert negotiated(request, ("en", "fr", "de"), "fr-BE") == "fr"
    with app.test_request_context(headers={**asked, "Cookie": "language=de"}):
        assert negotiated(request, ("en", "fr", "de"), "fr") == "de"
