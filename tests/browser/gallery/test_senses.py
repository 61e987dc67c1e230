"""However somebody has set their device: still, in few colours, with wide letters, twice as large, on paper."""

import pytest

from tests.browser.gallery.halls import kind

MOVES = """() => [...document.querySelectorAll("*")].flatMap((one) => ["", "::before", "::after"].map((part) => {
  const {animationDuration, transitionDuration} = getComputedStyle(one, part);
  const seconds = `${animationDuration},${transitionDuration}`.split(",").map(parseFloat);
  return Math.max(...seconds) > 0.01 && `${one.tagName}.${one.className}${part}`;
})).filter(Boolean)"""

UNSEEN = """() => [...document.querySelectorAll("main :is(button, input:not([type=hidden]), select, textarea)")]
  .filter((one) => one.checkVisibility({visibilityProperty: true, opacityProperty: true}))
  .filter((one) => {
    const seen = (style) => style.borderStyle !== "none" && parseFloat(style.borderWidth) > 0;
    return ![one, one.closest("label")].filter(Boolean).some((any) => seen(getComputedStyle(any)))
      && getComputedStyle(one).textDecorationLine !== "underline"
      && !(["radio", "checkbox"].includes(one.type) && getComputedStyle(one).appearance === "auto");
  }).map((one) => `${one.tagName}.${one.className} ${one.name} ${one.textContent.trim()}`)"""

SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
    p { margin-block-end: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
}"""

LARGE = "() => { document.documentElement.style.fontSize = '200%'; }"

CUT = """() => [...document.querySelectorAll("body :not(input, select)")].filter((one) => {
  const style = getComputedStyle(one);
  const hidden = [style.overflowX, style.overflowY].some((said) => said === "hidden" || said === "clip");
  const unseen = style.clipPath !== "none" || style.position === "absolute" && one.clientWidth <= 1;
  const more = one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1;
  return hidden && !unseen && more && one.checkVisibility();
}).map((one) => `${one.tagName}.${one.className}`)"""

WIDE = "() => document.documentElement.scrollWidth > innerWidth ? [document.documentElement.scrollWidth] : []"

PRINTED = """() => [...document.querySelectorAll("button:not(.unseen), nav, .skip, .languages, .who")]
  .filter((one) => one.checkVisibility()).map((one) => `${one.tagName}.${one.className} ${one.textContent.trim()}`)"""


@pytest.fixture(scope="module")
def kinds(halls):
    """A file of each kind of page that is no mail and no paper, in whichever theme and language it hangs."""
    visits, _ = halls
    found = {kind(visit.hung.exhibit): visit.hung.file for visit in visits}
    assert len(found) > 20
    return [file for what, file in found.items() if not what.startswith(("mail", "paper", "part"))]


@pytest.fixture
def looks(browser, served, kinds):
    """What a question about each page answers, in a browser that is set so."""
    contexts = []

    def look(question, before="() => {}", width=1280, media="screen", **settings):
        context = browser.new_context(viewport={"width": width, "height": 900}, **settings)
        contexts.append(context)
        page = context.new_page()
        page.emulate_media(media=media)
        found = []
        for file in kinds:
            page.goto(f"{served}/{file}")
            page.evaluate(before)
            found += [f"{file}: {one}" for one in page.evaluate(question)]
        return found

    yield look
    for context in contexts:
        context.close()


@pytest.mark.timeout(600)
def test_nothing_moves_for_who_wants_it_still(looks):
    assert looks(MOVES, reduced_motion="reduce") == []


@pytest.mark.timeout(600)
def test_whatever_can_be_pressed_or_filled_is_seen_in_forced_colours(looks):
    assert looks(UNSEEN, forced_colors="active") == []


@pytest.mark.timeout(600)
@pytest.mark.parametrize("before", [SPACED, LARGE], ids=["wide-letters", "twice-as-large"])
def test_nothing_is_cut_off_or_runs_over_the_edge(looks, before):
    """Text spacing as WCAG 1.4.12 says it; letters of twice the size as 1.4.4 does."""
    assert looks(CUT, before) == []
    assert looks(WIDE, before, width=640) == []


@pytest.mark.timeout(600)
def test_on_paper_there_is_nothing_to_press(looks):
    assert looks(PRINTED, media="print") == []
