"""A page's file: read back it is the same page, and a person recognises it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.bundle import pagefile
from generator.model.page import Case, Each, Slot, Text

HTML = st.text(alphabet="<>abc /=\"'&;-! \n", min_size=1, max_size=20)
NAMES = st.lists(st.sampled_from(["quote", "due_now", "lines", "title"]), min_size=1, max_size=3).map(tuple)
WHERE = st.sampled_from(["text", "words", "raw", "tag", "attribute", "prose", "url", "plain", ""])
SLOTS = st.builds(Slot, NAMES, st.sampled_from(["", "money", "date"]), WHERE)


def merged(nodes):
    """Two texts beside each other are one text in a file."""
    result = []
    for node in nodes:
        if isinstance(node, Text) and result and isinstance(result[-1], Text):
            result[-1] = Text(result[-1].html + node.html)
        else:
            result.append(node)
    return tuple(result)


def bodies(below):
    return st.lists(below, max_size=4).map(merged)


def branches(below):
    return st.lists(st.tuples(st.text(max_size=5), bodies(below)), max_size=3).map(tuple)


LEAVES = st.builds(Text, HTML) | SLOTS
NODES = st.recursive(
    LEAVES,
    lambda below: (
        st.builds(Each, NAMES, st.just("item"), bodies(below), WHERE)
        | st.builds(Case, NAMES, st.just("flag"), branches(below), bodies(below), WHERE)
    ),
    max_leaves=12,
)


@given(bodies(NODES))
def test_what_is_written_is_read_back(body):
    assert pagefile.read(pagefile.write(body)) == body


def test_branches_and_repetitions_are_comments_where_html_allows_them():
    body = (
        Text("<ul>"),
        Each(("lines",), "line", (Text("<li>"), Slot(("line", "title"), "", "text"), Text("</li>")), "text"),
        Text("</ul><input"),
        Case(("urgent",), "flag", (("true", (Text(" checked"),)),), (), "tag"),
        Text(">"),
    )

    assert pagefile.write(body) == (
        "<ul><!--⟦each lines as line|text⟧--><li>⟦line.title||text⟧</li><!--⟦end⟧--></ul>"
        "<input⟦case urgent|flag|tag⟧⟦is true⟧ checked⟦else⟧⟦end⟧>"
    )


@pytest.mark.parametrize("file", ["⟦case a|flag|text⟧", "⟦each a as b|text⟧", "⟦nonsense⟧", "⟦a|b|nowhere⟧"])
def test_a_file_that_is_no_page_is_refused(file):
    with pytest.raises(pagefile.NotAPage):
        pagefile.read(file)
