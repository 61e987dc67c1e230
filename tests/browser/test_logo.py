"""An SVG logo is drawn with its own colours; what else is in a picture never runs, even where it is opened alone."""

import pytest

DRAWN = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8" width="8" height="8">
<style>.a { fill: #00ff00 }</style><rect class="a" width="8" height="8"/></svg>"""
ACTING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8" onload="document.title = 'ran'">
<script>document.title = "ran"; fetch("/portal")</script><image href="/portal" width="1" height="1"/></svg>"""


@pytest.fixture
def served(town):
    """The addresses of two pictures, one of which no build would let through."""
    files = town.parts.library.current.assets
    files |= {"logo.drawn.svg": DRAWN.encode(), "logo.acting.svg": ACTING.encode()}
    yield f"{town.pages}/a/logo.drawn.svg", f"{town.pages}/a/logo.acting.svg"
    for name in ("logo.drawn.svg", "logo.acting.svg"):
        del files[name]


def test_a_drawing_on_a_page_has_the_colours_of_its_own_style(town, customer, served):
    page, eyes = customer()
    page.goto(f"{town.pages}/sign-in")

    colour = page.evaluate(
        """async address => {
          const picture = new Image();
          picture.src = address;
          await picture.decode();
          const canvas = document.createElement("canvas").getContext("2d");
          canvas.drawImage(picture, 0, 0, 8, 8);
          return [...canvas.getImageData(4, 4, 1, 1).data];
        }""",
        served[0],
    )

    assert colour == [0, 255, 0, 255]
    assert not eyes.complaints, "\n".join(eyes.complaints)


def test_a_picture_that_is_opened_by_itself_runs_nothing_and_asks_for_nothing(town, customer, served):
    page, eyes = customer()
    answered = []
    page.on("response", lambda response: answered.append(response.url))

    answer = page.goto(served[1])

    assert answer.headers["content-type"] == "image/svg+xml"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert page.title() != "ran"
    assert answered == [served[1]]
    assert any("script" in complaint for complaint in eyes.complaints)
