"""Looks at many pages of the gallery in one browser: they are turned like leaves in one document, so that neither the
browser nor axe has to begin anew for each.
"""

import re
from itertools import groupby
from pathlib import Path

from tests.browser.conftest import AXE, RULES
from tests.browser.gallery.halls import WIDTHS

TURN = """async ([files, rules]) => {
  const dress = (page) => [...page.querySelectorAll("link[rel=stylesheet], style")].map((one) => one.outerHTML).join();
  const seen = [];
  for (const file of files) {
    const words = await (await fetch(file)).text();
    const next = new DOMParser().parseFromString(words, "text/html");
    for (const name of ["lang", "dir"]) document.documentElement.setAttribute(name, next.documentElement[name]);
    document.title = next.title;
    if (dress(next) !== dress(document)) {
      document.head.replaceWith(document.adoptNode(next.head));
      const coming = [...document.querySelectorAll("link[rel=stylesheet]")].filter((link) => !link.sheet);
      await Promise.all(coming.map((link) => new Promise((done, lost) => {
        link.onload = done;
        link.onerror = () => lost(new Error(link.href));
      })));
    }
    document.body.replaceWith(document.adoptNode(next.body));
    const found = await axe.run(document, {runOnly: rules, preload: false, resultTypes: ["violations", "incomplete"]});
    // What lies half under the bar at the foot is measured where a customer brings it to use it.
    const free = async (rule, node) => {
      if (rule.id !== "target-size") return false;
      const element = document.querySelector(node.target[0]);
      element.scrollIntoView({block: "center"});
      const anew = await axe.run(element, {runOnly: {type: "rule", values: [rule.id]}, preload: false});
      scrollTo(0, 0);
      return !anew.violations.length;
    };
    for (const rule of found.violations) {
      const nodes = [];
      for (const node of rule.nodes) if (!(await free(rule, node))) nodes.push(node);
      rule.nodes = nodes;
    }
    const why = (node) => [...node.any, ...node.all, ...node.none].map((one) => one.data?.messageKey ?? "");
    const told = (rules) => rules.flatMap((rule) => rule.nodes.map((node) => [
      rule.id, node.target.join(" "), why(node).join(" ").trim(),
    ]));
    // Paper has a width of its own.
    const wide = !file.includes("/print.") && document.documentElement.scrollWidth > innerWidth;
    seen.push([[...told(found.violations), ...(wide ? [["wider", "html", ""]] : [])], told(found.incomplete)]);
  }
  return seen;
}"""

REMEMBERS = """() => {
  const {prototype} = axe.commons.color.Color, {parseString} = prototype, known = new Map();
  prototype.parseString = function (words) {
    if (known.has(words)) [this.r, this.g, this.b, this.alpha] = known.get(words);
    else known.set(words, (parseString.call(this, words), [this.r, this.g, this.b, this.alpha]));
    return this;
  };
}"""
"""Axe reads the same few colours ten thousand times, which is a seventh of its work."""


class Looker:
    """`violations` are what may not be, `incomplete` what axe cannot tell, each as (rule, why, where, file)."""

    def __init__(self, browser, address, folder):
        self._browser, self._address, self._folder = browser, address, Path(folder)
        self.violations, self.incomplete, self.count = [], [], 0

    def look(self, visits):
        """At each of them in one document, those together that are dressed alike; a mail has no policy of a server."""
        ordered = sorted(visits, key=lambda visit: (mail(visit), visit.mode, visit.width, self._sheets(visit)))
        for _, alike in groupby(ordered, key=mail):
            self._open(list(alike))

    def _sheets(self, visit):
        head = (self._folder / visit.hung.file).read_text(encoding="utf-8").partition("</head>")[0]
        return visit.hung.theme, re.findall(r'rel="stylesheet" href="([^"]+)"', head)

    def _open(self, visits):
        context = self._browser.new_context()
        page = context.new_page()
        page.goto(f"{self._address}/{visits[0].hung.file}")
        page.evaluate(AXE)
        page.evaluate(REMEMBERS)
        for (mode, width), together in groupby(visits, key=lambda visit: (visit.mode, visit.width)):
            self._turn(page, [visit.hung.file for visit in together], mode, width)
        context.close()

    def _turn(self, page, files, mode, width):
        page.set_viewport_size({"width": WIDTHS[width], "height": 900})
        page.emulate_media(
            color_scheme="dark" if mode.endswith("dark") else "light",
            contrast="more" if mode.startswith("contrast") else "no-preference",
        )
        found = page.evaluate(TURN, [[f"{self._address}/{file}" for file in files], RULES])
        for file, (violations, incomplete) in zip(files, found, strict=True):
            self.count += 1
            self.violations += [(rule, why, where, f"{file} {mode} {width}") for rule, where, why in violations]
            self.incomplete += [(rule, why, where, f"{file} {mode} {width}") for rule, where, why in incomplete]


def mail(visit):
    """Whether it is one, or one as text."""
    return "/mail." in visit.hung.file
