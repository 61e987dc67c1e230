"""Pictures of workflows as a browser shows them: nothing runs over its edge or into its neighbour, however long."""

import pytest

from generator.compiler.build import site_of
from generator.compiler.pictures import picture
from generator.compiler.pictures.titles import titles
from tests.support.town import ROOT

LONG = "Rechtsschutzversicherungsgesellschaftsverwaltungsgebäude und die zugehörigen Umsatzsteueridentifikationsnummern"
GERMAN = f"""version: 1
extends: default
site: {{languages: [en, de]}}
redirects:
  allow: [https://rechtsschutzversicherungsgesellschaften-verwaltung.example/]
  targets: {{nach_hause: "https://rechtsschutzversicherungsgesellschaften-verwaltung.example/{"sehr-lang-" * 12}"}}
  after: {{default: nach_hause}}
workflows:
  subscribe_to_plan:
    title: {{en: "{LONG}", de: "{LONG}"}}
    steps:
      donaudampfschifffahrtshauptwerk:
        kind: form
        after: start
        when: {{plan.ref: [{", ".join(f"jahresabonnement_{number}" for number in range(9))}]}}
        title: {{en: "{LONG}", de: "{LONG}"}}
        fields: {{a: {{kind: text, required: true, label: {{en: "{LONG}", de: "{LONG}"}}}}}}
"""

OVER = """() => {
  const texts = [...document.querySelectorAll('text')].map(one => ({says: one.textContent, box: one.getBBox()}));
  const cards = [...document.querySelectorAll('rect')].map(one => one.getBBox());
  const edge = one => one.x + one.width;
  const meet = (a, b) => a.x < edge(b) - 1 && b.x < edge(a) - 1
    && a.y + a.height * 0.25 < b.y + b.height * 0.75 && b.y + b.height * 0.25 < a.y + a.height * 0.75;
  return [
    ...texts.filter(({box}) => !cards.some(card => box.x >= card.x && edge(box) <= edge(card) - 4
      && box.y >= card.y && box.y + box.height <= card.y + card.height)).map(({says}) => `over: ${says}`),
    ...texts.flatMap((a, n) => texts.slice(n + 1).filter(b => meet(a.box, b.box)).map(b => `${a.says} | ${b.says}`)),
  ];
}"""


@pytest.mark.parametrize("which", ["acme", "german"])
def test_nothing_runs_over_its_edge_or_into_another(browser, tmp_path, which):
    file = ROOT / "examples" / "acme" / "workflows.yaml"
    if which == "german":
        file = tmp_path / "workflows.yaml"
        file.write_text(GERMAN, encoding="utf-8")
    site, problems = site_of(file, "workflows.yaml")
    assert site, problems
    page = browser.new_page()
    for workflow in site.workflows:
        page.set_content(picture.draw(site, workflow, titles(site, file.parent)))
        assert page.evaluate(OVER) == []
    page.close()
