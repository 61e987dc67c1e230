"""Which pages no look could tell anything new of, so that others are looked at for them.

Several paths lead to a page that differs in an amount's digits, in where a link leads, in how its parts are called
among themselves, or in what its form carries unseen: such pages are alike. All else counts: each word, each element,
each class, and how long an amount is. And a page may be made of nothing but parts that other pages have, each in the
same surroundings, and be built as one of them is.
"""

import re

from lxml import etree, html

_HIDDEN = re.compile(r'(<input type="hidden"[^>]*? value=")[^"]*"')
_ADDRESS = re.compile(r'(<a\b[^>]*? href="|<form\b[^>]*? action=")(?!#)[^"]+"')
_NAMED = re.compile(r' (id|for|form|list|headers|aria-(?:\w+by|controls|owns|details))="([^"]*)"|( href="#)([^"]+)"')
_SAID = re.compile(r'>[^<]+| (?:name|value|min|max|datetime|aria-label|title|alt)="[^"]*"')
_DIGIT = re.compile(r"\d")

SMALL = 8
"""A part has at most so many elements in it, or words of its own beside them."""


def bones(page):
    """What is left of a page without these; names of parts are counted, so that it is kept who points to whom."""
    names = {}

    def counted(words):
        return " ".join(str(names.setdefault(name, len(names))) for name in words.split())

    def named(found):
        attribute, words, link, target = found.groups()
        return f'{link}{counted(target)}"' if link else f' {attribute}="{counted(words)}"'

    page = _ADDRESS.sub(r'\1there"', _HIDDEN.sub(r'\1"', page))
    return _SAID.sub(lambda found: _DIGIT.sub("0", found[0]), _NAMED.sub(named, page))


def parts(page):
    """The parts of a page, each with all that is around it; how parts are called does not count."""
    body = html.document_fromstring(bones(page)).find("body")
    for element in body.iter(etree.Element):
        for name in ("id", "for", "name", "aria-describedby", "aria-labelledby"):
            if name in element.attrib:
                element.set(name, "")
    return set(_parts(body, ()))


def _parts(element, around):
    says = (element.text or "").strip() or any((below.tail or "").strip() for below in element)
    if says or sum(1 for _ in element.iter(etree.Element)) <= SMALL:
        yield *around, etree.tostring(element, encoding="unicode", with_tail=False)
        return
    around = (*around, element.tag, *sorted(element.attrib.items()))
    for below in element.iterchildren(etree.Element):
        yield from _parts(below, (*around, below.getprevious() is None, below.getnext() is None))


def built(page):
    """How a page is built: its elements, and which words are the same as which others, whatever they are."""
    said = {}
    return re.sub(
        r'>([^<]*\S[^<]*)| (?:value|aria-label|title|alt)="([^"]+)"',
        lambda found: f">{said.setdefault((found[1] or found[2]).strip(), len(said))}",
        bones(page),
    )


def alike(folder, files):
    """Each of these files in the folder with the first one that it is like: itself where there is none before it."""
    first = {}
    return {file: first.setdefault(bones(_read(folder, file)), file) for file in files}


def telling(folder, files):
    """Those of the files that have a part, or are built in a way, that none has which is looked at before: large ones
    first."""
    pages = {file: _read(folder, file) for file in files}
    seen = set()
    for file in sorted(files, key=lambda file: -len(pages[file])):
        new = {*parts(pages[file]), built(pages[file])} - seen
        if new:
            seen |= new
            yield file


def _read(folder, file):
    return (folder / file).read_text(encoding="utf-8")
