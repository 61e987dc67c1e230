"""A page is taken for another only where no look could tell them apart."""

import pytest

from tests.browser.gallery.alike import bones

PAGE = (
    '<title>Pay €9.00</title><a href="one.html">on</a><a href="#main-1">over</a><form action="a.html" method="get">'
    '<input type="hidden" name="quote" value="q1"><label for="f1">Seats</label>'
    '<input id="f1" aria-describedby="h1" value="5"><p id="h1">1 to 9</p></form><main id="main-1"></main>'
)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("€9.00", "€7.50"),
        ("one.html", "other-page.html"),
        ('action="a.html"', 'action="b.html"'),
        ('value="q1"', 'value="another one"'),
        ('value="5"', 'value="8"'),
        ("f1", "field-other"),
        ("main-1", "main-2"),
    ],
)
def test_digits_addresses_hidden_values_and_the_names_of_parts_make_no_other_page(before, after):
    assert bones(PAGE) == bones(PAGE.replace(before, after))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("€9.00", "€19.00"),
        ("€9.00", "$9.00"),
        ("Seats", "Users"),
        ('for="f1"', 'for="f2"'),
        ('aria-describedby="h1"', 'aria-describedby="f1"'),
        ('href="#main-1"', 'href="#main-2"'),
        ('href="#main-1"', 'href="main-1"'),
        ('href="one.html"', 'href="#"'),
        ('value="5"', 'value=""'),
        ("<p id", "<h2 id"),
        ('method="get"', 'method="dialog"'),
    ],
)
def test_all_else_does(before, after):
    assert before in PAGE
    assert bones(PAGE) != bones(PAGE.replace(before, after))


def test_a_heading_is_no_heading_of_another_level_and_nothing_wider_is_alike():
    assert bones('<h2 class="a">1</h2>') != bones('<h3 class="a">1</h3>')
    assert bones('<td colspan="2">1</td>') != bones('<td colspan="3">1</td>')
