"""What a template knows when pages are made, beside texts, functions and live names."""

from collections.abc import Mapping

AT_BUILD: Mapping[str, str] = {
    "site": "The definition's `site`, workflows and portal: `site.name`, `site.urls.terms`, `site.seller.legal_name`.",
    "language": "The language that the page is made in, as a BCP 47 tag.",
    "direction": "How it is written: `ltr` or `rtl`.",
    "languages": "Every language of the site, each as its tag and what it calls itself.",
    "countries": "Every country, each as its code and its name, in the order of the language.",
    "page": "The page's own name, such as `walk.done.html`.",
    "workflow": "Of a step: the workflow that declares it.",
    "step": "Of a step: what the definition says of it, such as `step.title`, `step.fields`, `step.id`.",
    "section": "Of the portal: what the definition says of the section, such as `section.title`, `section.fields`.",
    "entry": "Of signing in and of the catalog: which of these pages it is.",
    "notice": "Of a notice: its name.",
    "mail": "Of a mail: its name, by which its texts are found.",
    "logo": "The address of the merchant's logo; empty where there is none.",
    "preloads": "The addresses of the fonts that every page needs.",
    "scheme": "Whether pages are `light`, `dark`, or `auto`: as the customer's device wants it.",
}
"""Each name with its meaning. Which of them a page has hangs on what it is about."""
