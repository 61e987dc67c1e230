"""Comments are found where they are, and nowhere else: a `#` inside a value is no comment."""

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.compiler import comments
from generator.compiler.comments import Comment, Cut

WRITTEN = """\
# top
a: b # behind a value
"c#": "x # no" # behind quotes
'd #': 'it''s # no'# joined to quotes
p: a#b
u: http://x/#part # behind an address
l: [a, 'b # c', d,# behind a comma
  e#f] # behind a list
literal: | # behind a bar
  text # not
  # not either
# between
folded: >-2   # behind an arrow
   x
    # not

   # not
 # a little in
e: # behind a colon
  f: g # behind what it holds
quoted: "several
  # lines
  of" # behind their end
plain: several
  lines # behind their end
"""


def read(text):
    return list(comments.comments(text))


def test_comments_are_what_stands_between_values():
    assert [comment.words for comment in read(WRITTEN)] == [
        "# top",
        "# behind a value",
        "# behind quotes",
        "# joined to quotes",
        "# behind an address",
        "# behind a comma",
        "# behind a list",
        "# behind a bar",
        "# between",
        "# behind an arrow",
        "# a little in",
        "# behind a colon",
        "# behind what it holds",
        "# behind their end",
        "# behind their end",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("#", [Comment(1, 1, "#", True)]),
        ("a: b\n#c", [Comment(2, 1, "#c", True)]),
        ("a: b\r\n  # c\r\nd: e # f\r\n", [Comment(2, 3, "# c", True), Comment(3, 6, "# f", False)]),
        ("é😀: ключ # 名前\n", [Comment(1, 10, "# 名前", False)]),
        ("a: b \t # c\u2028d: e\n", [Comment(1, 8, "# c", False)]),
        ("a: b#c\n", []),
        ("a: 'b'\n", []),
        ("", []),
    ],
)
def test_each_has_its_line_and_its_column_in_characters(text, found):
    assert read(text) == found


WORDS = st.text("ab #'\"|>-:é語😀[]{},&*!?%@`", max_size=12)
INSIDE = WORDS.map(lambda words: f"x {words} y")


@st.composite
def lines(draw):
    """Lines of YAML with the comments that are in them, known because they were put there."""
    written, known = [], []
    for number in range(draw(st.integers(1, 8))):
        kind = draw(st.sampled_from(["alone", "plain", "single", "double", "literal", "folded", "flow"]))
        comment = draw(st.one_of(st.just(""), WORDS.map(lambda words: f"#{words}")))
        key = f"k{number}#: " if draw(st.booleans()) else f"k{number}: "
        if kind == "alone":
            indent = " " * draw(st.integers(0, 3))
            comment = comment or "#"
            known.append((len(written) + 1, len(indent) + 1, comment))
            written.append(indent + comment)
            continue
        if kind in ("literal", "folded"):
            head = key + ("|" if kind == "literal" else ">-")
            if comment:
                known.append((len(written) + 1, len(head) + 3, comment))
            written.append(f"{head}  {comment}" if comment else head)
            written += [f"    {draw(INSIDE)} # inside" for _ in range(draw(st.integers(1, 3)))]
            continue
        if kind == "plain":
            body = key + draw(st.sampled_from(["a", "a#b", "a b#c", "http://x/#y", "1#2", "a'#b", 'a"#b']))
        elif kind == "single":
            body = key + "'" + draw(INSIDE).replace("'", "''") + "'"
        elif kind == "double":
            body = key + '"' + draw(INSIDE).replace('"', '\\"') + '"'
        else:
            body = key + "[a#b, '" + draw(INSIDE).replace("'", "''") + "', c]"
        if comment:
            known.append((len(written) + 1, len(body) + 2, comment))
        written.append(f"{body} {comment}" if comment else body)
    return "\n".join(written) + "\n", known


@settings(max_examples=400, deadline=None)
@given(lines())
def test_every_comment_that_was_written_is_found_and_no_other(made):
    text, known = made

    assert [(comment.line, comment.column, comment.words) for comment in read(text)] == known


@settings(max_examples=100, deadline=None)
@given(lines())
def test_the_reader_in_python_finds_the_same(made):
    text, _ = made
    fast = read(text)
    loader = comments._LOADER
    comments._LOADER = yaml.SafeLoader
    try:
        assert read(text) == fast
    finally:
        comments._LOADER = loader


@pytest.mark.parametrize(
    ("text", "cuts"),
    [
        ("a: Plan #1\n", [Cut(1, 9, "Plan", "#1")]),
        ("a: [Plan #1\n  , b]\n", [Cut(1, 10, "Plan", "#1")]),
        ("Plan #1\n", [Cut(1, 6, "Plan", "#1")]),
        ("a: 'Plan' #1\n", []),
        ("a: Plan # 1\n", []),
        ("a: Plan#1\n", []),
        ("a: 12 #1\n", []),
        ("a: Plan\n#1\n", []),
        ("a: #1\n  b: c\n", []),
        ("a: |\n  Plan #1\n", []),
    ],
)
def test_a_text_that_a_comment_cuts_off_is_seen(text, cuts):
    assert list(comments.cuts(text)) == cuts
