"""How a theme looks: design tokens of every type, modes, layers, settings and roles."""

import re

import pytest

from generator import shipped
from generator.compiler import shape, source, theme
from generator.compiler.bake import sheets
from generator.compiler.theme import look
from generator.compiler.theme.look import tokens
from generator.model.place import NOWHERE, Place
from generator.model.site import Look, Setting

ADDRESSES = {"fonts/a.woff2": "/a/a.1.woff2", "fonts/b.woff2": "/a/b.2.woff2"}


class Wardrobe:
    """A theme called `ours`, from scratch, of the files that a test writes."""

    def __init__(self, folder):
        self.folder = folder

    def write(self, name, words):
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(words, encoding="utf-8")

    def load(self, name="ours"):
        problems = []
        shelves = {self.folder: "themes", shipped.THEMES: "themes"}
        loaded = theme.load(name, NOWHERE, shelves, (), problems)
        assert problems == []
        return loaded

    def dress(self, name="ours", **said):
        """How the theme looks as a merchant says it, and each problem that is told, as `file:line:column code`."""
        chosen = tuple(
            Setting(name, value, Place("workflows.yaml", 9, 9), Place("workflows.yaml", 9, 1))
            for name, value in said.items()
        )
        problems = []
        dressed = look.dress(self.load(name).layers, Look(name, chosen), problems)
        self.problems = problems
        return dressed, [f"{str(problem.place).rpartition('/')[2]} {problem.code}" for problem in problems]


@pytest.fixture
def wardrobe(tmp_path):
    made = Wardrobe(tmp_path / "themes")
    made.write("ours/theme.yaml", "{}\n")
    return made


OTHERS = """\
other:
  color: {$type: color, $value: "#112233"}
  parts: {$type: color, $value: {colorSpace: srgb, components: [0, 0.5, 1]}}
  alias: {$value: "{other.parts}"}
  dimension: {$type: dimension, $value: 4px}
  measure: {$type: dimension, $value: {value: 12, unit: px}}
  number: {$type: number, $value: 0.5}
  shadow: {$type: shadow, $value: {color: "{other.color}", offsetX: 0, offsetY: 1px, blur: 0, spread: 0}}
"""


@pytest.mark.parametrize(
    ("kind", "written", "css"),
    [
        ("color", '"#3257D6"', "#3257d6"),
        ("color", '"#3257d680"', "#3257d680"),
        ("color", "{colorSpace: srgb, components: [1, 0.5, 0]}", "#ff8000"),
        ("color", "{colorSpace: srgb, components: [1, 1, 1], alpha: 0.5}", "#ffffff80"),
        ("color", "{colorSpace: oklch, components: [0.5, none, none]}", "#636363"),
        ("dimension", "0.5rem", "0.5rem"),
        ("dimension", "-6px", "-6px"),
        ("dimension", "0", "0px"),
        ("dimension", "{value: 12, unit: px}", "12px"),
        ("fontFamily", "Geist", '"Geist"'),
        ("fontFamily", "[Segoe UI, ui-rounded, sans-serif]", '"Segoe UI", ui-rounded, sans-serif'),
        ("fontWeight", "620", "620"),
        ("fontWeight", "semi-bold", "600"),
        ("duration", "120ms", "120ms"),
        ("duration", "{value: 0.2, unit: s}", "0.2s"),
        ("cubicBezier", "[0.2, 0, 0, 1]", "cubic-bezier(0.2, 0, 0, 1)"),
        ("number", "1.5", "1.5"),
        (
            "shadow",
            '{color: "#00000033", offsetX: 0px, offsetY: 1px, blur: 2px, spread: 0px}',
            "0px 1px 2px 0px #00000033",
        ),
        (
            "shadow",
            '[{inset: true, color: "{other.color}", offsetX: 0, offsetY: "{other.dimension}", blur: 0, spread: 0}]',
            "inset 0px 4px 0px 0px #112233",
        ),
        (
            "shadow",
            '["{other.shadow}", {color: "#000000", offsetX: 0, offsetY: 0, blur: 0, spread: 2px}]',
            "0px 1px 0px 0px #112233, 0px 0px 0px 2px #000000",
        ),
        ("color", '"{other.color}"', "#112233"),
        ("color", "{colorSpace: display-p3, components: [1, 0, 0], hex: '#ff0b0c', alpha: 0.5}", "#ff0b0c80"),
        ("color", '{$ref: "#/other/color/$value"}', "#112233"),
        ("color", "{colorSpace: srgb, components: [{$ref: '#/other/parts/$value/components/1'}, 0, 0]}", "#800000"),
        ("color", "{colorSpace: srgb, components: [{$ref: '#/other/alias/$value/components/1'}, 0, 0]}", "#800000"),
        ("dimension", "{value: {$ref: '#/other/measure/$value/value'}, unit: rem}", "12rem"),
        ("strokeStyle", "dotted", "dotted"),
        ("strokeStyle", '{dashArray: [0.5rem, "{other.dimension}"], lineCap: round}', "dashed"),
        ("border", '{color: "{other.color}", width: 3px, style: solid}', "3px solid #112233"),
        (
            "transition",
            "{duration: 200ms, delay: 0ms, timingFunction: [0.5, 0, 1, 1]}",
            "200ms cubic-bezier(0.5, 0, 1, 1) 0ms",
        ),
        (
            "gradient",
            '[{color: "#000000", position: -9}, {color: "{other.color}", position: "{other.number}"}]',
            "#000000 0%, #112233 50%",
        ),
        (
            "typography",
            "{fontFamily: [Geist, serif], fontSize: 2rem, fontWeight: bold, lineHeight: 1.2}",
            '700 2rem/1.2 "Geist", serif',
        ),
    ],
)
def test_a_token_is_written_for_style_sheets_by_its_type(wardrobe, kind, written, css):
    wardrobe.write("ours/tokens.yaml", f"a:\n  $type: {kind}\n  b: {{$value: {written}}}\n{OTHERS}")

    dressed, told = wardrobe.dress()

    assert told == []
    assert dressed.modes["light"]["a.b"].css == css
    assert f"--a-b:{css}" in sheets.for_screens(dressed)


@pytest.mark.parametrize(
    ("kind", "written", "column", "must"),
    [
        ("color", "blue", 15, "a colour"),
        ("color", '"#32f"', 15, "a colour"),
        ("color", "{colorSpace: lab, components: [1, 1, 1]}", 3, "a colour"),
        ("color", "{colorSpace: oklch, components: [1, 1]}", 3, "a colour"),
        ("color", "{colorSpace: oklch, components: [a, 1, 1]}", 48, "a number"),
        ("dimension", "12", 15, "a length"),
        ("dimension", "1.5em", 15, "a length"),
        ("fontFamily", '"a; b"', 15, "the name of a font, or a list of them"),
        ("fontWeight", "0", 15, "the weight of a font"),
        ("fontWeight", "heavyish", 15, "the weight of a font"),
        ("duration", "soon", 15, "a time"),
        ("cubicBezier", "[2, 0, 0, 1]", 3, "how something speeds up and slows down"),
        ("number", "many", 15, "a number"),
        ("shadow", '{color: "#000000", offsetX: 0}', 3, "a shadow, and says no `offsetY`"),
        ("shadow", "none", 15, "a shadow, and says no `offsetX`"),
        ("strokeStyle", "wavy", 15, "how a line is drawn"),
        ("strokeStyle", "{dashArray: [], lineCap: butt}", 3, "the dashes of a line, a list of lengths"),
        ("strokeStyle", "{dashArray: [1px], lineCap: flat}", 43, "how the ends of dashes are drawn"),
        ("border", '{color: "#000000", width: 1px}', 3, "a border, and says no `style`"),
        (
            "border",
            '{color: "#000000", width: 1px, style: solid, side: top}',
            61,
            "a border, which has no part of this name",
        ),
        (
            "transition",
            "{duration: 1s, delay: 0s, timingFunction: [2, 0, 1, 1]}",
            3,
            "how something speeds up and slows down",
        ),
        ("gradient", '{color: "#000000", position: 0}', 3, "a gradient, a list of its stops"),
        ("typography", "{fontFamily: A, fontSize: 1rem, fontWeight: 400, lineHeight: 20px}", 78, "a number"),
    ],
)
def test_what_is_no_value_of_its_type_is_told_at_its_place_with_what_to_write(wardrobe, kind, written, column, must):
    wardrobe.write("ours/tokens.yaml", f"a:\n  $type: {kind}\n  b: {{$value: {written}}}\n")

    _, told = wardrobe.dress()

    (problem,) = wardrobe.problems
    assert told == [f"tokens.yaml:3:{problem.place.column} {problem.code}"]
    assert f'"a.b" must be {must}, and this is ' in problem.says
    assert problem.hint.startswith(("write ", "put "))


def test_the_name_of_a_token_without_quotes_is_told_apart_from_a_map(wardrobe):
    wardrobe.write("ours/tokens.yaml", 'a: {$type: color, b: {$value: "#000000"}, c: {$value: {a.b}}}\n')

    assert wardrobe.dress()[1] == ["tokens.yaml:1:43 unreadable-colour"]
    assert wardrobe.problems[0].hint == 'put the name of a token between quotes: "{a.b}"'


def test_a_nearer_theme_says_only_what_differs_and_a_mode_too(wardrobe):
    wardrobe.write("under/theme.yaml", "{}\n")
    wardrobe.write(
        "under/tokens.yaml",
        'a: {$type: color, $description: Where things lie., b: {$value: "#eeeeee"}, c: {$value: "{a.b}"}}\n',
    )
    wardrobe.write("under/tokens.dark.yaml", 'a: {b: {$value: "#111111"}}\n')
    wardrobe.write("ours/theme.yaml", "extends: under\n")
    wardrobe.write("ours/tokens.yaml", 'a: {b: {$value: "#ffeecc"}}\n')
    wardrobe.write("ours/tokens.contrast.yaml", 'a: {b: {$value: "#ffffff"}}\n')
    wardrobe.write("ours/tokens.dark-contrast.yaml", 'a: {b: {$value: "#000000"}}\n')

    dressed, told = wardrobe.dress()

    assert told == []
    assert {mode: [values[name].css for name in ("a.b", "a.c")] for mode, values in dressed.modes.items()} == {
        "light": ["#ffeecc"] * 2,
        "dark": ["#111111"] * 2,
        "contrast": ["#ffffff"] * 2,
        "dark-contrast": ["#000000"] * 2,
    }


def test_a_group_takes_over_what_it_does_not_say_in_every_mode_and_from_a_farther_theme(wardrobe):
    wardrobe.write("under/theme.yaml", "{}\n")
    wardrobe.write("under/tokens.yaml", 'a: {$type: color, $root: {$value: "#111111"}, b: {$value: "#222222"}}\n')
    wardrobe.write("under/tokens.dark.yaml", 'a: {$root: {$value: "#eeeeee"}}\n')
    wardrobe.write("ours/theme.yaml", "extends: under\n")
    wardrobe.write(
        "ours/tokens.yaml",
        'c: {$extends: "{a}", b: {$value: "#333333"}}\n'
        'd: {$extends: "#/c", e: {$value: "{d.b}"}}\n'
        'f: {$ref: "#/a/$root"}\n',
    )

    dressed, told = wardrobe.dress()

    assert told == []
    assert {
        mode: [dressed.modes[mode][name].css for name in ("c.$root", "c.b", "d.$root", "d.e", "f")]
        for mode in ("light", "dark")
    } == {
        "light": ["#111111", "#333333", "#111111", "#333333", "#111111"],
        "dark": ["#eeeeee", "#333333", "#eeeeee", "#333333", "#eeeeee"],
    }
    assert "--c:#111111" in sheets.for_screens(dressed)


def test_what_a_group_takes_over_is_of_the_type_that_the_group_says(wardrobe):
    wardrobe.write(
        "ours/tokens.yaml",
        'a: {$type: color, b: {$value: "#111111"}}\nc: {$type: dimension, $extends: "{a}", d: {$value: 4px}}\n',
    )

    assert wardrobe.dress()[1] == ["tokens.yaml:2:33 wrong-token"]


def test_how_far_letters_stand_apart_is_a_property_of_its_own(wardrobe):
    words = "{fontFamily: A, fontSize: 1rem, fontWeight: 400, letterSpacing: 0.5px, lineHeight: 1}"
    wardrobe.write("ours/tokens.yaml", f"a b: {{$type: typography, $value: {words}}}\n")
    wardrobe.write("ours/theme.yaml", "styles: {theme: [a.css]}\n")
    wardrobe.write("ours/assets/a.css", "p { font: var(--a-b); letter-spacing: var(--a-b-letter-spacing) }\n")
    problems = []

    made = dict(sheets.joined(wardrobe.load(), wardrobe.dress()[0], {}, problems))

    assert problems == []
    assert '--a-b:400 1rem/1 "A";--a-b-letter-spacing:0.5px' in made["style.css"]


def test_the_tokens_that_designers_are_shown_are_good(wardrobe):
    words = (shipped.THEMES.parent / "docs" / "designers.md").read_text(encoding="utf-8")
    shown_in = words.partition("\n## Tokens\n")[2].partition("\n## ")[0]
    blocks = re.findall(r"```yaml\n(.*?)```", shown_in, re.S)
    assert len(blocks) == 2
    for shown in blocks:
        wardrobe.write("ours/tokens.yaml", shown)
        assert wardrobe.dress()[1] == []


def blocks(dressed):
    """What a device sees of the tokens' sheet, by what it asks for."""
    said = sheets.for_screens(dressed)
    found = re.findall(r"^(?:@media (.*?)\{)?:root\{(.*?)\}+$", said, re.M)
    assert len(found) == len(said.splitlines())
    return {asked: dict(part.split(":") for part in own.split(";") if part) for asked, own in found}


MODES_OF = """\
a:
  $type: color
  same: {$value: "#777777"}
  page: {$value: "#ffffff"}
"""


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        (
            "auto",
            {
                "": {"color-scheme": "light dark", "--a-same": "#777777", "--a-page": "#ffffff"},
                "(prefers-color-scheme:dark)": {"--a-page": "#222222"},
                "(prefers-contrast:more)": {"--a-same": "#444444"},
                "(prefers-color-scheme:dark) and (prefers-contrast:more)": {"--a-page": "#000000"},
            },
        ),
        (
            "light",
            {
                "": {"color-scheme": "light", "--a-same": "#777777", "--a-page": "#ffffff"},
                "(prefers-contrast:more)": {"--a-same": "#444444"},
            },
        ),
        (
            "dark",
            {
                "": {"color-scheme": "dark", "--a-same": "#777777", "--a-page": "#222222"},
                "(prefers-contrast:more)": {"--a-same": "#444444", "--a-page": "#000000"},
            },
        ),
    ],
)
def test_each_mode_says_only_what_is_not_so_without_it_and_what_cannot_apply_is_left_out(wardrobe, mode, expected):
    wardrobe.write("ours/theme.yaml", "settings: {mode: {kind: mode}}\n")
    wardrobe.write("ours/tokens.yaml", MODES_OF)
    wardrobe.write("ours/tokens.dark.yaml", 'a: {page: {$value: "#222222"}}\n')
    wardrobe.write("ours/tokens.contrast.yaml", 'a: {same: {$value: "#444444"}}\n')
    wardrobe.write("ours/tokens.dark-contrast.yaml", 'a: {page: {$value: "#000000"}}\n')

    dressed, told = wardrobe.dress(mode=mode)

    assert told == []
    assert blocks(dressed) == expected


SETTINGS = """\
settings:
  brand: {kind: colour, default: "#3257d6", on: [a.page]}
  accent: {kind: colour, default: brand, on: [a.page]}
  corners:
    kind: choice
    default: soft
    options:
      sharp: {tokens: {corner: 0px}}
      soft: {}
"""


def dressed_in_settings(wardrobe, **said):
    wardrobe.write("ours/theme.yaml", SETTINGS)
    wardrobe.write("ours/tokens.yaml", f"{MODES_OF}corner: {{$type: dimension, $value: 8px}}\n")
    return wardrobe.dress(**said)


def test_a_setting_is_what_the_theme_says_until_the_merchant_says_otherwise(wardrobe):
    plain, _ = dressed_in_settings(wardrobe)
    set_, told = dressed_in_settings(wardrobe, brand="#0f766e", corners="sharp")

    assert told == []
    assert [plain.modes["light"][name].css for name in ("brand.solid", "accent.solid", "corner")] == [
        "#3257d6",
        "#3257d6",
        "8px",
    ]
    assert [set_.modes["light"][name].css for name in ("brand.solid", "accent.solid", "corner")] == [
        "#0f766e",
        "#0f766e",
        "0px",
    ]


@pytest.mark.parametrize(
    ("said", "told", "hint"),
    [
        ({"corner": "soft"}, "workflows.yaml:9:1 unknown-setting", 'did you mean "corners"?'),
        ({"corners": "round"}, "workflows.yaml:9:9 not-one-of", "write one of: sharp, soft"),
        ({"brand": "accent"}, "workflows.yaml:9:9 bad-value", "write a colour as six hexadecimal digits"),
    ],
)
def test_a_setting_that_is_none_is_told_where_the_merchant_wrote_it(wardrobe, said, told, hint):
    assert dressed_in_settings(wardrobe, **said)[1] == [told]
    assert wardrobe.problems[0].hint.startswith(hint)


def test_an_option_that_nobody_chose_yet_is_looked_at_all_the_same(wardrobe):
    wardrobe.write("ours/tokens.yaml", "corner: {$type: dimension, $value: 8px}\n")
    wardrobe.write(
        "ours/theme.yaml",
        "settings:\n"
        "  corners: {kind: choice, default: soft, options: {soft: {}, odd: {tokens:\n {corner: odd, edge: 0}}}}\n",
    )

    assert wardrobe.dress()[1] == ["theme.yaml:3:11 wrong-token", "theme.yaml:3:16 token-without-base"]


def test_a_child_changes_a_default_adds_an_option_and_takes_a_setting_away(wardrobe):
    wardrobe.write("under/theme.yaml", SETTINGS)
    wardrobe.write("under/tokens.yaml", f"{MODES_OF}corner: {{$type: dimension, $value: 8px}}\n")
    wardrobe.write(
        "ours/theme.yaml",
        "extends: under\n"
        "settings:\n"
        "  accent: false\n"
        "  corners: {default: round, options: {round: {tokens: {corner: 99px}}}}\n",
    )

    dressed, told = wardrobe.dress()

    assert told == []
    assert dressed.modes["light"]["corner"].css == "99px"
    assert sorted(dressed.settings) == ["brand", "corners"]
    assert list(dressed.settings["corners"].words) == ["sharp", "soft", "round"]
    assert "accent.solid" not in dressed.modes["light"]


PAIR = "roles: {words: {foreground: a.ink, background: a.page, ratio: 4.5}}\n"


@pytest.mark.parametrize(
    ("ink", "modes", "told"),
    [
        ("#333333", {}, []),
        ("#999999", {}, ["tokens.yaml:4:17 low-contrast"]),
        ("#767676", {}, ["tokens.yaml:4:17 low-contrast"]),
        ("#333333", {"dark": "#111111"}, ["tokens.yaml:4:17 low-contrast"]),
        ("#333333", {"contrast": "#aaaaaa"}, ["tokens.yaml:4:17 low-contrast"]),
    ],
    ids=["good", "bad in light", "bad with more contrast", "bad in dark", "bad with another surface"],
)
def test_each_pair_is_looked_at_in_every_mode(wardrobe, ink, modes, told):
    wardrobe.write("ours/theme.yaml", PAIR)
    wardrobe.write(
        "ours/tokens.yaml", f'a:\n  $type: color\n  page: {{$value: "#ffffff"}}\n  ink: {{$value: "{ink}"}}\n'
    )
    for mode, page in modes.items():
        wardrobe.write(f"ours/tokens.{mode}.yaml", f'a: {{page: {{$value: "{page}"}}}}\n')

    assert wardrobe.dress()[1] == told


def test_a_colour_that_is_not_seen_is_answered_with_the_nearest_shade_that_is_on_all_it_is_seen_on(wardrobe):
    wardrobe.write(
        "ours/theme.yaml", PAIR.replace("}}", "}, marks: {foreground: a.ink, background: a.sheet, ratio: 3}}")
    )
    words = 'a:\n  $type: color\n  page: {$value: "#f0f0f0"}\n  sheet: {$value: "#ffffff"}\n  ink: {$value: "INK"}\n'
    wardrobe.write("ours/tokens.yaml", words.replace("INK", "#888888"))
    wardrobe.dress()

    (problem,) = wardrobe.problems
    assert problem.says == (
        '"words" cannot be seen well in light: a.ink (#888888) on a.page (#f0f0f0) has 3.11 to 1,'
        " and 4.5 to 1 is needed"
    )
    shade = re.search("#[0-9a-f]{6}", problem.hint)[0]
    wardrobe.write("ours/tokens.yaml", words.replace("INK", shade))
    wardrobe.dress()
    assert "in light" not in str([one.says for one in wardrobe.problems])


def test_a_brand_colour_is_told_where_the_merchant_wrote_it_and_only_in_modes_that_are_shown(wardrobe):
    light, _ = wardrobe.dress("plain", brand="#f5a623")[1], wardrobe.dress("plain", brand="#f5a623", mode="dark")
    assert light == ["workflows.yaml:9:9 low-contrast"]
    assert wardrobe.problems == []


def test_a_custom_property_that_nobody_sets_is_told_in_the_style_sheet(wardrobe):
    wardrobe.write("ours/theme.yaml", "styles: {theme: [a.css]}\nprints: [b.css]\n")
    wardrobe.write("ours/tokens.yaml", MODES_OF)
    wardrobe.write(
        "ours/assets/a.css", "/* var(--no) */\np {\n  --own: 1px;\n  top: var(--own);\n  color: var(--a-pag);\n}\n"
    )
    wardrobe.write("ours/assets/b.css", "p { color: var( --a-page ); margin: var(--nothing, 0) }\n")
    dressed, _ = wardrobe.dress()
    problems = []

    made = dict(sheets.joined(wardrobe.load(), dressed, {}, problems))

    assert [f"{str(one.place).rpartition('/')[2]} {one.code}" for one in problems] == [
        "a.css:5:14 unknown-token",
        "b.css:1:41 unknown-token",
    ]
    assert problems[0].hint == 'did you mean "--a-page"?'
    assert "color: #ffffff" in made["print.css"]
    assert "color: var(--a-pag)" in made["style.css"]


def test_the_fonts_that_every_page_needs_are_asked_for_early(wardrobe):
    wardrobe.write("ours/theme.yaml", "styles: {base: [a.css]}\n")
    face = '@font-face { font-family: "%s"; src: url(fonts/%s.woff2) format("woff2") }\n'
    wardrobe.write("ours/assets/a.css", face % ("One", "a") + face % ("Two", "b"))
    wardrobe.write(
        "ours/tokens.yaml", "font: {$type: fontFamily, text: {$value: [Two, serif]}, title: {$value: Two}}\n"
    )

    assert sheets.preloads(wardrobe.load(), wardrobe.dress()[0], ADDRESSES) == ("/a/b.2.woff2",)


@pytest.mark.parametrize(
    "file", sorted(shipped.THEMES.glob("*/tokens*.yaml")), ids=lambda file: f"{file.parent.name}-{file.stem}"
)
def test_the_tokens_that_are_shipped_have_the_shape_that_they_must_have(file):
    assert shape.check(source.read(file, file.name).node, tokens.SCHEMA) == []
