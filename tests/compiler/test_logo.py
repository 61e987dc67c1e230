"""A logo is what its bytes say: a drawing and nothing else, whole, of a size that can be shown."""

import io
import struct
import zlib

import pytest
from PIL import Image

from generator.compiler.bake import logo, raster, svg
from generator.model.place import Place
from generator.model.site import Look

HERE = Place("workflows.yaml", 4, 17)
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">\n{}\n</svg>'
)


def told(drawing):
    """What is said of a drawing, as code, line, column and words."""
    problems = svg.check(drawing if isinstance(drawing, bytes) else drawing.encode(), "logo.svg", "bad-logo")
    assert all(problem.hint for problem in problems)
    return [(problem.code, problem.place.line, problem.place.column, problem.says) for problem in problems]


@pytest.mark.parametrize(
    ("inside", "column", "says"),
    [
        ("<script>x</script>", 1, "<script> runs as a program"),
        ('<g><script xlink:href="#x"/></g>', 4, "<script> runs as a program"),
        ('<s:script xmlns:s="http://www.w3.org/2000/svg"/>', 1, "<script> runs as a program"),
        ("<foreignObject/>", 1, "<foreignObject> brings in a page"),
        ('<b xmlns="http://www.w3.org/1999/xhtml"/>', 1, "<b> is no part of a drawing"),
        ('<h:script xmlns:h="http://www.w3.org/1999/xhtml"/>', 1, "<script> is no part of a drawing"),
        ('<math xmlns="http://www.w3.org/1998/Math/MathML"/>', 1, "<math> is no part of a drawing"),
        ('<a href="#x"/>', 1, "<a> leads elsewhere"),
        ('<set attributeName="fill"/>', 1, "<set> changes by itself"),
        ('<animate attributeName="x" dur="1s"/>', 1, "<animate> changes by itself"),
        ('<rect onclick="x()"/>', 7, 'the attribute "onclick" runs as a program'),
        ('<rect OnLoad="x()"/>', 7, 'the attribute "OnLoad" runs as a program'),
        ('<use href="java\tscript:x()"/>', 6, 'the address in "href" runs as a program'),
        ('<use xlink:href=" JAVASCRIPT:x()"/>', 12, 'the address in "href" runs as a program'),
        ('<use href="&#106;avascript:x()"/>', 6, 'the address in "href" runs as a program'),
        ('<image href="data:text/html,x"/>', 8, 'the address in "href" runs as a program'),
        ('<image href="https://a.example/x.png"/>', 8, '"https://a.example/x.png" leads out of the file'),
        ('<image href="other.png"/>', 8, '"other.png" leads out of the file'),
        ('<image href="data:image/svg+xml,x"/>', 8, '"data:image/svg+xml,x" leads out of the file'),
        ('<image href=""/>', 8, '"" leads out of the file'),
        ('<g xml:base="https://a.example/"/>', 4, '"xml:base" moves every address of the file'),
        ('<rect fill="url(//a.example/#x)"/>', 7, '"url(//a.example/#x" in "fill" leads out of the file'),
        ("<rect style='fill: u\\72l( \"x\")'/>", 7, '"url( "x" in "style" leads out of the file'),
        ("<rect style='fill: url/**/(x)'/>", 7, '"url(x" in "style" leads out of the file'),
        ("<rect style='mask: image-set(\"x\" 1x)'/>", 7, '"image-set("x" in "style" leads out of the file'),
        ("<style>@import 'x.css';</style>", 8, "@import in a style sheet asks for another file"),
        ("<style>@im<![CDATA[port 'x';]]></style>", 8, "@import in a style sheet asks for another file"),
        ("<style>@im<!-- -->port 'x';</style>", 8, "@import in a style sheet asks for another file"),
        ("<style>\\40 import 'x';</style>", 8, "@import in a style sheet asks for another file"),
        ("<style>b { a: url(x) }</style>", 15, '"url(x" in "style sheet" leads out of the file'),
        ("<style>@keyframes a {}</style>", 8, "@keyframes in a style sheet has the picture move"),
        ("<?xml-stylesheet href='x.css'?>", 1, "<?xml-stylesheet …?> asks for another file"),
    ],
)
def test_what_acts_moves_or_reaches_out_of_a_drawing_is_refused_where_it_stands(inside, column, says):
    assert told(DRAWING.format(inside)) == [("unsafe-picture", 2, column, says)]


def test_an_attribute_is_found_on_its_own_line():
    assert told(DRAWING.format('<rect\n  width="1"\n  onclick="x"/>'))[0][1:3] == (4, 3)
    assert told(DRAWING.format("<style>\nü {}\n  b { a: url(x) }\n</style>"))[0][1:3] == (4, 10)


@pytest.mark.parametrize(
    "before",
    [
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">',
        '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE svg [<!ENTITY a "aaa"><!ENTITY b "&a;&a;&a;">]>',
        "<!DOCTYPE svg SYSTEM 'x.dtd' []>",
    ],
)
def test_a_doctype_is_refused_and_what_it_says_never_read(before):
    ((code, line, column, _),) = told(f"<?xml version='1.0'?>\n{before}" + DRAWING.format("<g>&x;&b;</g>"))
    assert (code, line, column) == ("unsafe-picture", 2, 1)


@pytest.mark.parametrize(
    ("drawing", "says"),
    [
        ("<svg/>", "this is <svg> and no SVG picture"),
        ('<html xmlns="http://www.w3.org/1999/xhtml"/>', "this is <html> and no SVG picture"),
        ('<svg xmlns="http://www.w3.org/2000/svg"/>', "the picture does not say how large it is"),
        ('<svg xmlns="http://www.w3.org/2000/svg" height="9"/>', "the picture does not say how large it is"),
        (DRAWING.format("<g>"), "the picture cannot be read from here on (mismatched tag)"),
        (DRAWING.format("&nbsp;"), "the picture cannot be read from here on (undefined entity)"),
        (
            b"<?xml version='1.0' encoding='no-such'?><svg/>",
            "the picture cannot be read from here on (unknown encoding",
        ),
        (DRAWING.format("<g>" * 70 + "</g>" * 70), "elements are nested deeper than 64"),
    ],
)
def test_what_no_browser_could_draw_is_refused(drawing, says):
    ((code, _, _, said),) = told(drawing)
    assert (code, said.startswith(says)) == ("bad-logo", True), said


def test_parts_that_are_used_again_and_again_are_counted_each_time():
    doubled = "".join(f'<g id="a{n + 1}"><use href="#a{n}"/><use href="#a{n}"/></g>' for n in range(40))
    circle = '<g id="a"><use href="#b"/></g><g id="b"><use xlink:href="#a"/></g>'
    chain = "".join(f'<g id="c{n + 1}"><use href="#c{n}"/></g>' for n in range(3000))

    for drawing in (f'<g id="a0"><path/></g>{doubled}', circle, chain):
        assert "elements to draw" in told(DRAWING.format(drawing))[0][3]
    assert told(DRAWING.format('<g id="a0"><path/></g>' + '<use href="#a0"/>' * 300)) == []


def test_no_more_is_told_of_one_drawing_than_somebody_reads():
    assert len(told(DRAWING.format("<script/>" * 50))) == svg.MOST_TOLD


@pytest.mark.parametrize(
    "drawing",
    [
        DRAWING.format('<rect fill="url(#a)" style="filter: url(\'#b\')"/><use href="#c"/><text>on: a</text>'),
        DRAWING.format('<image href="data:image/png;base64,iVBORw0KGgo="/><title>javascript: a</title>'),
        DRAWING.format("<style>@font-face { src: url(data:font/woff2;base64,d09GMg==) } .a { fill: #fff }</style>"),
        DRAWING.format(
            '<metadata><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><r:li r:resource="http://a.example/"/>'
            '</r:RDF></metadata><n:view xmlns:n="http://www.inkscape.org/namespaces/inkscape" n:onset="1"/>'
        ),
        "<?xml version='1.0'?><?xpacket begin=''?>" + DRAWING.format(""),
        "<?xml version='1.0' encoding='utf-16'?>".encode("utf-16") + DRAWING.format("<g/>").encode("utf-16")[2:],
        "\ufeff" + DRAWING.format("<path d='M0 0'/>"),
    ],
)
def test_what_drawing_programs_write_is_taken(drawing):
    assert told(drawing) == []


def saved(form, size=(120, 32), **more):
    kept = io.BytesIO()
    Image.new("RGB", size, "#3257d6").save(kept, form, **more)
    return kept.getvalue()


def moving(form):
    kept = io.BytesIO()
    pictures = [Image.new("RGB", (64, 64), colour) for colour in ("red", "blue")]
    pictures[0].save(kept, form, save_all=True, append_images=pictures[1:])
    return kept.getvalue()


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


HUGE = b"\x89PNG\r\n\x1a\n" + b"".join(
    chunk(kind, body)
    for kind, body in ((b"IHDR", struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0)), (b"IDAT", b"x"), (b"IEND", b""))
)


@pytest.mark.parametrize(
    ("data", "picture"),
    [
        (saved("PNG"), raster.Picture(".png", 120, 32)),
        (saved("JPEG"), raster.Picture(".jpg", 120, 32)),
        (saved("JPEG", progressive=True, exif=b"Exif\0\0"), raster.Picture(".jpg", 120, 32)),
        (saved("WEBP"), raster.Picture(".webp", 120, 32)),
        (saved("WEBP", lossless=True), raster.Picture(".webp", 120, 32)),
        (saved("WEBP", exif=b"Exif\0\0"), raster.Picture(".webp", 120, 32)),
        (moving("PNG"), raster.Picture(".png", 64, 64, True)),
        (moving("WEBP"), raster.Picture(".webp", 64, 64, True)),
        (HUGE, raster.Picture(".png", 60000, 60000)),
        (saved("GIF"), None),
        (b"", None),
    ],
)
def test_a_picture_says_itself_what_it_is(data, picture):
    assert raster.read(data) == picture


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_a_picture_that_is_cut_off_anywhere_is_never_taken_for_a_whole_one(form):
    whole = saved(form)
    for end in range(20, len(whole) - 2):
        with pytest.raises(raster.Unreadable):
            raster.read(whole[:end])


def test_a_picture_with_a_single_wrong_bit_is_noticed():
    whole = bytearray(saved("PNG"))
    whole[len(whole) // 2] ^= 1
    with pytest.raises(raster.Unreadable):
        raster.read(bytes(whole))


def answer(tmp_path, data, name="logo.png"):
    (tmp_path / name).write_bytes(data)
    return logo.read(tmp_path / name, Look(logo=name, logo_place=HERE), "shop")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (saved("GIF"), '"logo.png" is a GIF file, whatever it is called'),
        (b"\0\0\0\x20ftypavif", '"logo.png" is a AVIF file'),
        (b"%PDF-1.7", '"logo.png" is a PDF file'),
        (b"words", '"logo.png" is no PNG, JPEG, WebP or SVG picture'),
        (b"", '"logo.png" is empty'),
        (saved("PNG")[:-20], '"logo.png" is damaged'),
        (saved("PNG", (400, 8)), "400 × 8 pixels: nobody could make it out"),
        (saved("PNG", (1600, 20)), "1,600 × 20 pixels, and would be a line"),
        (HUGE, "60,000 × 60,000 pixels, and a browser needs memory"),
        (moving("PNG"), '"logo.png" moves'),
        (b"\x89PNG" + bytes(20_000_000), '"logo.png" has 20,000,004 bytes'),
    ],
)
def test_a_logo_that_cannot_be_shown_well_is_told_where_the_definition_names_it(tmp_path, data, says):
    (problem,) = answer(tmp_path, data)

    assert (problem.code, problem.place) == ("bad-logo", HERE)
    assert says in problem.says
    assert problem.hint


def test_what_a_logo_is_called_makes_no_difference(tmp_path):
    assert answer(tmp_path, saved("JPEG")).name == "logo.jpg"
    assert answer(tmp_path, DRAWING.format("").encode()).name == "logo.svg"
    assert answer(tmp_path, saved("PNG"), "logo.svg").name == "logo.png"


def test_what_is_wrong_in_a_drawing_is_told_in_its_own_file(tmp_path):
    (problem,) = answer(tmp_path, DRAWING.format("<script/>").encode(), "logo.svg")

    assert str(problem.place) == "shop/logo.svg:2:1"


def test_a_logo_that_is_no_file_is_not_waited_for(tmp_path):
    (tmp_path / "logo.png").mkdir()
    (problem,) = logo.read(tmp_path / "logo.png", Look(logo="logo.png"), "")
    assert "no file" in problem.says
    (problem,) = logo.read(tmp_path / "nowhere.png", Look(logo="nowhere.png"), "")
    assert problem.code == "missing-asset"
