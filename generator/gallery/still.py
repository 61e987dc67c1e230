"""A page that was served stands still: its links lead to other exhibits or nowhere, its forms send nothing."""

import re
from collections.abc import Mapping
from html import escape, unescape

_ADDRESS = re.compile(r'(?P<name>href|src)="(?P<address>[^"]*)"')
_FORM = re.compile(r'<form(?P<before>[^>]*?) method="(?:post|get)" action="(?P<action>[^"]*)"')
_SHEET = re.compile(r'<link rel="stylesheet" href="[^"]*"[^>]*>\n?')
_PRELOAD = re.compile(r'<link rel="preload"[^>]*>\n?')

ASSETS = "/a/"
UP = "../../../"
"""From a page to the gallery's folder."""


def still(html: str, leads: Mapping[str, str], onward: str) -> str:
    """`leads` are the files of other exhibits by the address that they have when they are served, from the same folder;
    `onward` is the one that follows when the page's own form is sent, or empty.
    """

    def address(found: re.Match[str]) -> str:
        asked = unescape(found["address"])
        if asked.startswith("#"):
            return found[0]
        if asked.startswith(ASSETS):
            return f'{found["name"]}="{UP}a/{asked.removeprefix(ASSETS)}"'
        return f'{found["name"]}="{escape(leads.get(asked) or leads.get(asked.partition("?")[0], "#"))}"'

    def form(found: re.Match[str]) -> str:
        """A dialog's form that is in no dialog does nothing; one that leads on is as good as a link."""
        own = leads.get(unescape(found["action"]).partition("?")[0])
        if onward and own:
            return f'<form{found["before"]} method="get" action="{escape(onward)}"'
        return f'<form{found["before"]} method="dialog"'

    # Nothing takes the focus of whoever looks at many pages at once, and nothing is loaded that is not asked for.
    html = _PRELOAD.sub("", html).replace(" autofocus", "")
    html = _FORM.sub(form, _ADDRESS.sub(address, html))
    sheets = list(_SHEET.finditer(html))
    if sheets:
        at = sheets[-1].end()
        html = f'{html[:at]}<script src="{UP}mode.js"></script>\n{html[at:]}'
    return html
