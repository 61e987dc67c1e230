"""Which scripts are on which page, from where and why, as PCI DSS 6.4.3 wants it known of pages that take cards."""

import re

from generator.adapters.stripe import account, inset
from tests.support.kept import stands
from tests.support.town import ROOT

PAGE = ROOT / "docs" / "scripts.md"
THEMES = ROOT / "themes"

ON = {
    "layout.html": "every page",
    "portal/form.html": "billing info and own sections of the portal, where an address follows the country",
    "steps/form.html": "billing info and forms, where an address follows the country",
    "steps/options.html": "options",
    "steps/paying.html": "the page with the payment provider's field, in embedded mode",
    "steps/waiting.html": "the page that waits for a bank",
}
"""The pages that a template makes."""

HEAD = """# Scripts

Every script of every page, where it comes from and why it is there. The list is written by `UPDATE=1` on
`tests/house/test_scripts.py` from the templates and assets of our themes, and a test reads the page with the payment
provider's field and its headers as it is served (`tests/runtime/test_embedded.py`). A theme of your own may add
scripts of its own: `hosted-pages check` refuses those that are not among its assets, and so does the browser.

Each page is served with a `Content-Security-Policy` under which only our own files run, and nothing that stands in
the page itself. Ours have the hash of their bytes in their address and come from the same origin as the page, so that
a hash beside the address (`integrity`) would be changed by whoever could change the file.

| script | from | on | why |
|---|---|---|---|
"""

TAIL = """
## Where a card is given

In **redirect mode**, which is the default, on Stripe's page: none of ours has anything of theirs. In **embedded
mode** on one page of ours (`/w/<walk>/paying`), which alone is served with these sources beside our own:

| for | origins |
|---|---|
| `script-src` | {scripts} |
| `frame-src` | {frames} |
| `connect-src` | {asked} |

`integrity` cannot be had for Stripe's script: Stripe changes what is at its address at any time, and wants it loaded
from there. It is loaded by `paying.js`, so that the page goes on without it: to Stripe's page, as without JavaScript.
"""


def _why(name):
    """What a script says of itself: the comment that it begins with."""
    found = next(THEMES.glob(f"*/assets/{name}")).read_text(encoding="utf-8")
    comment = re.match(r"((?://.*\n)+)", found)
    assert comment, f"{name} does not say what it is for"
    return " ".join(line.removeprefix("//").strip() for line in comment[1].splitlines())


def _ours():
    """Each script with the templates that have it."""
    found = {}
    for file in sorted(THEMES.glob("*/templates/**/*.html")):
        text = file.read_text(encoding="utf-8")
        tags = re.findall(r"<script\b[^>]*>", text)
        named = re.findall(r"""<script src="\{\{ asset\('([\w-]+\.js)'\) \}\}" defer></script>""", text)
        assert len(tags) == len(named), f"{file}: a script that is none of its assets"
        for script in named:
            found.setdefault(script, set()).add(file.as_posix().rpartition("/templates/")[2])
    return found


def test_every_script_is_on_the_page_about_them_and_says_why_it_is_there():
    ours = _ours()
    assert set(ours) == {file.name for file in THEMES.glob("*/assets/*.js")}
    rows = [
        f"| `{name}` | us | {'; '.join(ON[one] for one in sorted(ours[name]))} | {_why(name)} |"
        for name in sorted(ours)
    ]
    rows += [f"| `{script}` | Stripe | {ON['steps/paying.html']} | {why} |" for script, why in inset.WHY.items()]
    told = {"scripts": inset.SCRIPTS, "frames": inset.FRAMES, "asked": inset.ASKED}
    tail = TAIL.format(**{name: ", ".join(f"`{origin}`" for origin in origins) for name, origins in told.items()})
    fresh = HEAD + "\n".join(rows) + "\n" + tail
    assert stands(PAGE, fresh) == fresh


def test_stripes_script_is_of_the_version_that_is_asked():
    assert account.SCRIPT == "https://js.stripe.com/endive/stripe.js"
    assert account.VERSION.endswith(".endive")
