"""Looks at many pages of the gallery in one browser: they are turned like leaves in one document, so that neither the
browser nor axe has to begin anew for each.

Two rules measure, which takes most of the time. They look at each part of a page that was not seen before: the same
elements with the same words but for digits, in the same surroundings, dressed alike, in the same mode and width.
"""

import re
from itertools import groupby
from pathlib import Path

from tests.browser.conftest import AXE, RULES
from tests.browser.gallery.halls import WIDTHS

MEASURED = ["color-contrast", "target-size"]

TOLD = Path(__file__).with_name("incomplete.md")

TURN = """async ([files, rules, measured, setting]) => {
  const seen = (window.partsThatWereSeen ??= new Set());
  const bare = (words) => words.replace(/>[^<]+/g, (said) => said.replace(/\\d/g, "0"))
    .replace(/ (id|for|name|value|href|action|aria-(?:\\w+by|controls))="[^"]*"/g, " $1");
  const place = (one) => [!one.previousElementSibling, !one.nextElementSibling];
  const fresh = (one, above) => {
    const says = [...one.childNodes].some((part) => part.nodeType === Node.TEXT_NODE && part.data.trim());
    const whole = says || one.getElementsByTagName("*").length <= 8;
    const around = `${above}>${bare(one.cloneNode(whole).outerHTML)}${place(one)}`;
    if (!whole) return [...one.children].flatMap((below) => fresh(below, around));
    if (seen.has(around)) return [];
    seen.add(around);
    return [one];
  };
  const dress = (page) => [...page.querySelectorAll("link[rel=stylesheet], style")].map((one) => one.outerHTML).join();
  const told = (found) => found.flatMap((rule) => rule.nodes.map((node) => [
    rule.id, node.target.join(" "), why(node).join(" ").trim(),
  ]));
  const why = (node) => [...node.any, ...node.all, ...node.none].map((one) => one.data?.messageKey ?? "");
  const answers = [];
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
    const off = Object.fromEntries(measured.map((rule) => [rule, {enabled: false}]));
    const asked = {preload: false, resultTypes: ["violations", "incomplete"]};
    const found = await axe.run(document, {runOnly: rules, rules: off, ...asked});
    const parts = fresh(document.body, setting + dress(document) + document.dir);
    if (parts.length) {
      const more = await axe.run({include: parts}, {runOnly: {type: "rule", values: measured}, ...asked});
      for (const kind of asked.resultTypes) found[kind].push(...more[kind]);
    }
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
    // Paper has a width of its own.
    const wide = !file.includes("/print.") && document.documentElement.scrollWidth > innerWidth;
    answers.push([[...told(found.violations), ...(wide ? [["wider", "html", ""]] : [])], told(found.incomplete)]);
  }
  return answers;
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


def known():
    """What axe cannot tell, with the reason why it is well: `rule why` in the first column of the table."""
    rows = [line.split("|")[1:-1] for line in TOLD.read_text(encoding="utf-8").splitlines()]
    return {tuple(row[0].strip(" `").split(" ")) for row in rows if len(row) == 3 and row[0].strip().startswith("`")}


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
        context.new_page().bring_to_front()  # nobody draws what lies behind
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
        found = page.evaluate(TURN, [[f"{self._address}/{file}" for file in files], RULES, MEASURED, f"{mode} {width}"])
        for file, (violations, incomplete) in zip(files, found, strict=True):
            self.count += 1
            self.violations += [(rule, why, where, f"{file} {mode} {width}") for rule, where, why in violations]
            self.incomplete += [(rule, why, where, f"{file} {mode} {width}") for rule, where, why in incomplete]


def mail(visit):
    """Whether it is one, or one as text."""
    return "/mail." in visit.hung.file
