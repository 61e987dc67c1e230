"""What customers see otherwise: fields, steps, texts, the ways out."""

from collections.abc import Mapping

from tests.language.edits import MAP, SAID, Break, both, copied, digits, each, typo, without

BREAKS: Mapping[str, Mapping[str, Break]] = {
    "Fields and steps": {
        "a step of no kind": each(r"^( +)kind: (?:form|message)\n", ""),
        "a field of no kind": each(r"\{kind: [a-z_]+, ", "{"),
        "a choice without options": each(rf", options: (?:\[[^\]\n]*\]|{MAP})", ""),
        "options without a choice": each(r"kind: choices?\b(?=, options|, label|\n +(?:min|options))", "kind: text"),
        "two bounds change places": each(
            r"((?:min|min_length): )([0-9.]+)(,? *\n? *(?:max|max_length): )([0-9.]+)", r"\g<1>\g<4>\g<3>\g<2>"
        ),
        "a bound loses a digit": each(r"((?:max|max_length|days): \d+)\d(?=[,}\n])", r"\1"),
        "a bound that is none": each(r"(?<=\b(?:max|min): )[^\s,}]+", "soon"),
        "a bound below nothing": each(r"((?:max_length|min_length|walk_days|minutes|days): )\d+", r"\g<1>-5"),
        "a setting of another kind of field": each(
            r"\{kind: (text|email|country|vat_number|phone|iban)(?=[,}])", r"{kind: \1, digits: 2"
        ),
        "a field that the invoice needs is taken away": both(
            without(r"          (?:email|name|country|address_line1|postal_code|city): .*"),
            each(r"^(        fields:\n)(?=          company)", r"\1          postal_code: false\n"),
        ),
        "a field that the invoice needs may be left empty": each(
            r"^(          (?:email|name|country|address_line1|postal_code|city): \{kind: [a-z]+, )required: true, ",
            r"\1",
        ),
        "two fields of a form have one label": each(rf"(label: {MAP})(.*\n(?:.*\n)??.*)label: {MAP}", r"\1\2\1"),
        "a choice offers the same twice": each(
            rf"(options: (?:\{{|\[))([a-z0-9_]+)((?:: {MAP})?)(?=[,}}\]])", r"\1\2\3, \2\3"
        ),
        "a choice offers one thing only": each(r"(options: \[[a-z0-9_]+)(?:, [a-z0-9_]+)+(?=\])", r"\1"),
        "a step has a reserved name": each(r"^      (?:[a-z_0-9]+):(?=\n        kind:)", "      quote:"),
        "a step has an address that is taken": each(r"^      (?:[a-z_0-9]+):(?=\n        kind:)", "      done:"),
        "a name with a space": each(r"^(      |          )([a-z]+)_([a-z]+)(?=:)", r"\1\2 \3"),
        "a name with an accent": each(r"^(      |          )([a-z_]*)e([a-z_]*)(?=:(?:\n| \{kind))", r"\1\2é\3"),
        "fields in a step that shows none": each(
            r"^      (options|catalog|payment):.*\n", r"\g<0>        fields: {note: {kind: text}}\n"
        ),
        "a hidden field is required": each(r"\{kind: hidden", "{kind: hidden, required: true"),
        "a consent is locked": each(r"\{kind: consent", "{kind: consent, locked: true"),
    },
    "Texts": {
        "a text loses a language": each(rf", fr: {SAID}(?=\}})", ""),
        "a text loses its first language": each(rf"\{{en: {SAID}, ", "{"),
        "a text is empty": each(rf"(?<=, fr: ){SAID}(?=\}})", '""'),
        "a text is left untranslated": each(rf"\{{en: ({SAID}), fr: {SAID}", copied),
        "two languages change places": each(rf"\{{en: ({SAID}), fr: ({SAID})\}}", r"{en: \2, fr: \1}"),
        "a language is misspelled": each(
            r"(?<=[ {])(?:fr|en)(?=: )", lambda found: {"fr": "rf", "en": "eng"}[found[0]]
        ),
        "a placeholder for nothing": each(r"(?<=\{en: )[A-Z]\w+", '"{nobody.knows}"'),
        "a placeholder in one language only": each(r"(?<=\{en: )([A-Z]\w+)(?=[,}])", r'"\1 {site.name}"'),
        "a brace in a text is left open": each(r"(?<=\{en: )[A-Z]\w+(?=[,}])", '"{oops"'),
        "markup in a text": each(r"(?<=\{en: )([A-Z]\w+)(?=[,}])", r'"<b>\1</b>"'),
        "a link to a document that is not there": each(r"\]\((support|privacy|terms)\)", "](imprint)"),
        "a link is broken": each(r"\]\((support|privacy|terms)\)", r"] (\1)"),
        "a label is taken away": each(rf", label: {MAP}|label: {MAP}, ", ""),
        "a section of one's own loses its title": both(
            each(r"^      title: .*\n", ""),
            each(rf"(?<=link, )(after.*)title: {MAP}", r"\1"),
            each(rf"(?<=text, )title: {MAP}, ", ""),
        ),
        "two pages of a workflow have one title": each(rf"(title: {MAP})((?:\n.*?)*?)title: {MAP}", r"\1\2\1"),
        "a text cut off by a comment": each(r"(?<=\{en: )([A-Z]\w+)(?=[,}])", r"\1 #1"),
    },
    "The site and its ways out": {
        "a language that does not exist": each(r"(?<=languages: \[)[a-z]+", "xx"),
        "a language that nothing is said in": each(r"(?<=languages: \[)[a-z]+, [a-z]+", r"\g<0>, de"),
        "a time zone that does not exist": each(r"(?<=time_zone: )([A-Za-z/]+)", typo),
        "a theme that does not exist": each(r"(?<=name: )plain", "plane"),
        "a colour that is none": each(r"(?<=brand: )\"#\w+\"", '"#12345"'),
        "a colour without quotes": each(r"(?<=brand: )\"(#\w+)\"", r"\1"),
        "a colour that cannot be read": each(r"(?<=brand: )\"#\w+\"", '"#ffe08a"'),
        "a number of the company is mistyped": each(r"(?<=vat_number: )[A-Z]{2}\d+", digits),
        "an account number is mistyped": each(r"(?<=iban: )[A-Z0-9 ]+", digits),
        "a redirect that is not encrypted": each(r"https(?=://app)", "http"),
        "a redirect elsewhere": each(r"(?<=: https://)app(?=\.)|(?<=: http://)127\.0\.0\.1", "evil.example"),
        "a redirect without its scheme": each(r"https?://(?=app|127)", ""),
        "a redirect to another port": each(r"(?<=: http://127\.0\.0\.1:)8402", "8403"),
        "a redirect with a star": each(r"https://app", "https://*"),
        "a redirect through dots": each(
            r"((?:welcome|billing|team|account): https?://\S+?/)(\w+)(?=[,}\n])", r"\1../\2"
        ),
        "a redirect with a user's name": each(r"(?<=: https://)(?=app\.)", "app.acme.example@evil."),
        "the allow-list is emptied": each(r"allow: \[[^\]]*\]", "allow: []"),
        "a document that is not encrypted": each(r"((?:terms|support|privacy): )https", r"\1http"),
        "a key in the file": each(r"^site:\n", "# sk_live_51H8xkqL0aB7cD9eF2gH3iJ4kL5mN6oP7\nsite:\n"),
        "an offer to stay without its promotion": each(r"promotion: [A-Z0-9]+, ", ""),
        "an offer to stay with a promotion that is not sold": each(r"(?<=promotion: )([A-Z0-9]+)(?=[,}])", r"\1X"),
    },
}
