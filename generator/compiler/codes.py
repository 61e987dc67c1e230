"""Every code that a problem may carry: what it stands for, and why it matters.

A code is public: ignores, baselines and builds name it. One that is gone is never used again for something else.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from generator.model.problem import Severity

PAGE = "docs/problems.md"
"""Where all of them are described with an example, below the root of the project."""

MOST_DEPTH = 40
"""How deep values may be nested, and how often a named condition may lead to another."""

MOST_PROBLEMS = 1000
"""Nobody reads more of one file at once; the rest is told when these are mended."""


SOLD = ("plan-not-sold", "promotion-not-sold")
"""What can be said only where a catalog lies beside the definition."""

COMPARED = ("removed-without-was", "narrowed-field", "other-payment-case")
"""What can be said only against another version."""


@dataclass(frozen=True)
class Code:
    """What it stands for, in a few words; why it matters and what to do; whether a build goes on."""

    says: str
    why: str
    severity: Severity = "error"


def docs(code: str) -> str:
    """Where this code is described."""
    return f"{PAGE}#{code}" if code in CODES else PAGE


CODES: Mapping[str, Code] = {
    # the file
    "cannot-read": Code(
        "The file cannot be read", "It is not there, is no file, or may not be opened. Check its path."
    ),
    "too-large": Code("The file is too large", "A definition is a few hundred lines. Split it up."),
    "not-text": Code("The file is not UTF-8 text", "Save it as UTF-8; no other encoding is guessed at."),
    "empty-file": Code(
        "The file is empty", "Nothing was checked, and nothing would be built. Start with `version: 1`."
    ),
    "too-many-nodes": Code("The file has too many values", "A definition has a few hundred. Split it up."),
    "too-deep": Code("Values are nested too deep", "Nothing in a definition is nested so deep; a bracket may be lost."),
    "several-documents": Code("A file with several documents", "Only the first would count. Split the file."),
    # YAML
    "yaml-syntax": Code(
        "This is not YAML", "Nothing behind this place can be read. Look at quotes, brackets and indentation there."
    ),
    "yaml-alias": Code("An alias", "What is repeated by name is easily changed in two places at once. Write it out."),
    "yaml-anchor": Code("An anchor", "What is repeated by name is easily changed in two places at once. Write it out."),
    "yaml-tag": Code("A tag", "Tags make other things out of texts. Put a text between quotes instead."),
    "yaml-merge-key": Code("A merge key", "`<<` is read by some and not by others. Say `extends`, or write it out."),
    "duplicate-key": Code("A key is written twice", "Only one of the two would count, and nobody could say which."),
    "key-not-text": Code("A key is not a word", "A list or a map cannot be a name; a placeholder goes between quotes."),
    "leading-zero": Code(
        "A number starts with a zero", "Some read it as another number (010 as 8). Put it between quotes: it is a text."
    ),
    "number-too-long": Code("A number is too long", "It is a reference and not a number: put it between quotes."),
    "cut-by-comment": Code(
        "A value is cut off by a comment",
        "Behind a space a `#` starts a comment: of `Plan #1` only `Plan` is left. Put the whole value between quotes.",
        "warning",
    ),
    # ignores and baselines
    "unknown-ignore": Code("An ignore names no problem", "It does nothing. Write the code as the report has it."),
    "cannot-ignore": Code(
        "An error cannot be ignored", "No reason makes it good: the page could not be made, or would not be safe."
    ),
    "ignore-without-reason": Code("An ignore gives no reason", "Whoever reads it next year will want to know why."),
    "stale-ignore": Code("There is nothing left to ignore", "It would hide the next problem. Remove it.", "warning"),
    "fixed-problem": Code(
        "A known problem is mended", "Write the baseline anew, so that it does not come back unseen.", "warning"
    ),
    # shape
    "missing-version": Code(
        "The version is missing", "It says by which rules the file is to be read. Add `version: 1`."
    ),
    "missing-base": Code(
        "A definition says too little to stand alone",
        "A file that extends nothing must say everything itself. Begin it with `extends: default`.",
    ),
    "wrong-type": Code("A value of the wrong kind", "A text, a number, a list or a map stands where another one must."),
    "unknown-key": Code("A key that does not exist", "It would do nothing. Most often it is a slip of the pen."),
    "bad-name": Code(
        "A name that cannot be one", "Names stand in addresses and events: small letters and digits only."
    ),
    "not-one-of": Code("A value that is not one of those allowed", "Write one of the values that the problem names."),
    "bad-value": Code("A value of the wrong form", "The problem says what the form is."),
    "out-of-bounds": Code("A value outside of its bounds", "Write one within them."),
    "repeated": Code("The same value twice in a list", "The second one does nothing. Remove one of the two."),
    "nothing-to-remove": Code("`false` where there is nothing", "What it names does not exist, so nothing is removed."),
    "unknown-after": Code("`after` names nothing beside it", "Where the thing is to be placed cannot be said."),
    # what the definition names
    "unknown-language": Code("A language that does not exist", "Write its code, such as `en` or `pt-BR`."),
    "unknown-currency": Code("A currency that does not exist", "Write its ISO 4217 code, such as `EUR`."),
    "unknown-time-zone": Code("A time zone that does not exist", "Write its IANA name, such as `Europe/Paris`."),
    "unknown-workflow": Code("A workflow that does not exist", "Nothing could be continued there."),
    "circular-workflow": Code("A workflow that comes back to itself", "Customers would never arrive at its end."),
    "unknown-step": Code("A step that does not exist", "What is to be like it would have no fields."),
    "reserved-name": Code("A name that is taken", "The step's address is that of another page."),
    "missing-kind": Code("A step or field of no kind", "What is to be shown cannot be known. Add `kind`."),
    "fields-not-here": Code(
        "Fields where none are shown", "Nobody would see them. Put them in a step that has fields."
    ),
    "choice-and-options": Code("A choice without options, or options without a choice", "One needs the other."),
    "unknown-condition": Code("A named condition that does not exist", "Whether it holds cannot be known."),
    "circular-condition": Code("A condition that comes back to itself", "Whether it holds can never be known."),
    "unknown-name": Code("A name that no condition can ask about", "Whether it holds cannot be known."),
    "wrong-kind-of-value": Code("A comparison of unlike things", "It would never hold."),
    "unknown-button": Code("A button that does not exist", "The section has no such button to hide or to redirect."),
    "unknown-redirect": Code("A redirect after nothing", "No workflow or outcome is called so; nobody would be sent."),
    "unknown-target": Code("A redirect target that does not exist", "Customers would be sent nowhere."),
    "never-true": Code(
        "A condition that can never hold", "It waits for a value that never comes, or its parts contradict each other."
    ),
    "wrong-bound": Code(
        "A bound that is none", "It cannot be compared with what is typed, or nothing is left to type."
    ),
    "not-for-this-kind": Code("A setting that the kind of field has no use for", "It would do nothing."),
    "incomplete-section": Code("A section without what it shows", "Customers would open an empty page."),
    "text-not-here": Code("A text where none is shown", "Nobody would read it."),
    "missing-promotion": Code("An offer to stay without its promotion", "There would be nothing to offer."),
    "malformed-account": Code("A bank account that cannot be one", "Customers would send money to nobody."),
    "malformed-vat-number": Code(
        "The seller's VAT number is mistyped",
        "It stands on every invoice. The check digits of a number of the EU are held against it (python-stdnum).",
    ),
    "insecure-document": Code(
        "A document is not encrypted",
        "A browser warns of it, on the very page where a customer is to agree to it.",
        "warning",
    ),
    # the catalog
    "missing-key": Code("Something that must be said is not", "It could not be sold. Add what the problem names."),
    "wrong-amount": Code(
        "An amount that is none in its currency",
        "Write all the digits that the currency has, with a point, between quotes: a price is never guessed at.",
    ),
    "negative-amount": Code("A price below nothing", "Whoever subscribes would have to be paid for it."),
    "wrong-percentage": Code("A percentage that is none", "Write a number from 0 to 100, with two decimals at most."),
    "unknown-country": Code("A country that does not exist", "Its customers would be taxed as those of any other."),
    "wrong-date": Code("A day that is not in the calendar", "February has no 30th. Write one that is."),
    "wrong-quantity": Code("Quantities that nobody could choose", "Who chooses nothing has what is included."),
    "wrong-tiers": Code("Tiers that do not rise", "For some quantities there would be two prices, or none."),
    "unknown-plan": Code("A plan that does not exist", "Most often it is a slip of the pen."),
    "plan-in-no-table": Code(
        "A plan that stands in no table", "Nobody could find it, and no rule says how it changes."
    ),
    "impossible-change": Code("A rule for a change that never happens", "Nobody changes between two currencies."),
    "same-code": Code("Two promotions of one code", "Customers type codes in capital letters or small ones."),
    "percent-or-amount": Code("A promotion takes off nothing, or two things", "Say a percentage or an amount."),
    "other-currency": Code("A promotion in another currency than its plan", "It could take nothing off."),
    "missing-translation": Code(
        "Something is not said in every language",
        "Whoever reads the other language sees the first one that there is.",
        "warning",
    ),
    "plan-not-sold": Code(
        "A condition names a plan that the catalog has not",
        "It holds only for who has such a plan from earlier, or had it prepared. Most often it is a slip of the pen.",
        "warning",
    ),
    "promotion-not-sold": Code(
        "Who leaves is offered a promotion that the catalog has not", "Nobody will see the offer.", "warning"
    ),
    # what it changes for customers, against another version of it
    "removed-without-was": Code(
        "Something is gone, and nothing says that it has another name now",
        "What customers who began before answered there is lost to them. Say `was` where it was renamed.",
        "warning",
    ),
    "narrowed-field": Code(
        "A field takes less than it did",
        "Who has answered it is asked again, and may have no answer that fits. Let it take what it took, or mean it.",
        "warning",
    ),
    "other-payment-case": Code(
        "The same customer pays otherwise than before",
        "It is money: somebody is named for whom it is so. Say the condition as it was, or mean it.",
        "warning",
    ),
    # what the definition means
    "case-never-reached": Code(
        "A payment case that can never be reached",
        "Cases before it hold for everybody for whom it could, or it for nobody.",
    ),
    "early-name": Code("A name is asked before it is known", "The condition could not hold when it is asked."),
    "insecure-redirect": Code("A redirect that is not encrypted", "Anybody on the way could read and change it."),
    "was-still-there": Code(
        "An earlier name that something else has now",
        "What customers answered under this name would count for two. Take it out of `was`.",
    ),
    "was-twice": Code(
        "Two things that had the same name", "Nobody could say for which of the two an earlier answer counts."
    ),
    "unknown-option": Code("Not an option", "It is said to have had another name, and is not offered."),
    "misplaced-step": Code(
        "A step in the wrong place", "Money, or the plan it is about, would come too early or late."
    ),
    "missing-case": Code("A customer for whom no payment case holds", "They would stand before an empty page."),
    "free-while-due": Code(
        "Money is due, and nobody is asked for it", "Of all payment cases `pay_now` alone takes money."
    ),
    "method-not-asked": Code(
        "A payment method is required, and nobody asks for it",
        "What is due later could not be charged. `register_method` asks for one; who has terms needs none.",
        "warning",
    ),
    "biller-cannot": Code(
        "The biller cannot do what this is for",
        "Customers would go through all of it, and be refused at its end. What Stripe can is in docs/stripe.md.",
    ),
    "method-on-file": Code(
        "A payment method is asked for that is on file",
        "Customers would register again what they have registered, each time they buy.",
        "warning",
    ),
    "options-not-asked": Code(
        "Options of a plan that nobody is asked for",
        "Customers would get what the catalog sets, and find out later that they could have chosen.",
        "warning",
    ),
    "nothing-to-choose": Code(
        "A page of options for plans that have none",
        "Customers would stand before a page without a question.",
        "warning",
    ),
    "billing-not-asked": Code(
        "Billing info that nobody is asked for",
        "An invoice needs the name and address of who pays. Where your application gives them for every customer, "
        "ignore this with that reason.",
        "warning",
    ),
    "incomplete-billing": Code(
        "Billing info without something that an invoice needs",
        "It would never be complete: whoever left it out is asked again in each workflow.",
        "warning",
    ),
    "charge-of-nothing": Code(
        "Somebody is asked to pay nothing", "No bank takes a charge of zero: they could not come to the end."
    ),
    "later-of-nothing": Code(
        "Somebody is told of a later payment that never comes",
        "They would wait for a charge, or not order at all, though it is free.",
        "warning",
    ),
    "unpaid-fee": Code(
        "A fee that is not asked for", "Where no payment step follows, a confirmation commits without any payment."
    ),
    "foreign-amount": Code(
        "An amount in another currency than the site's", "The two have no order: the condition could not be asked."
    ),
    "early-price": Code(
        "A condition asks for a price that can still change",
        "Steps would vanish, or come up behind a customer, when the price is another one.",
        "warning",
    ),
    "never-shown": Code(
        "A step that nobody comes to", "Nothing that is answered before it lets its condition hold.", "warning"
    ),
    "always-true": Code("A condition that always holds", "It hides what its author meant.", "warning"),
    "redirect-not-allowed": Code("A redirect outside of the allow-list", "Customers are sent only where it allows."),
    "unguarded-name": Code("A value is read that may be unknown", "Ask first whether it is known."),
    "wrong-continuation": Code("A workflow continues one about something else", "What it needs would not be known."),
    "unknown-here": Code("A name that is not known where it is asked", "The condition could not hold there."),
    "misplaced-setting": Code("A setting without effect", "Most often it is a misunderstanding."),
    "longer-way-out": Code(
        "Leaving is longer than subscribing", "Whoever wants to go should not have to look for the door.", "warning"
    ),
    "unsafe-redirect": Code(
        "A redirect that is read in several ways", "A star stands for nothing, and dots lead out of what is allowed."
    ),
    "numeric-host": Code(
        "A redirect to a number", "Customers cannot see whose it is. Write the name of the host.", "warning"
    ),
    "unclassed-field": Code(
        "A field that seems to ask for personal data has no class",
        "Whoever must find, export or erase such data finds it by `pii`. Say `pii: none` where it is none.",
        "warning",
    ),
    "unknown-autocomplete": Code(
        "A word for browsers that no browser knows",
        "Nothing is filled in, and who has a program read the page is not told what the field is for (WCAG 1.3.5).",
        "warning",
    ),
    # what the rules of a market ask for, where it is one of `site.markets`
    "unknown-market": Code("A market that does not exist", "Write a country's ISO 3166 code, or `EU`."),
    "order-button": Code(
        "The last button does not say that it costs",
        "Directive 2011/83/EU, article 8(2), in Germany § 312j BGB: an order that has to be paid is placed by a button "
        "that says so; otherwise the customer is not bound.",
        "warning",
    ),
    "missing-document": Code(
        "Terms or privacy policy are not shown",
        "Directive 2000/31/EC, article 10(3): terms can be read and kept. GDPR, article 13: who gives data is told "
        "what becomes of it.",
        "warning",
    ),
    "unnamed-seller": Code(
        "Who sells is not said in full",
        "Directive 2000/31/EC, article 5, in Germany § 5 DDG: name, address and a way to get in touch are in sight.",
        "warning",
    ),
    "incomplete-seller": Code(
        "An electronic invoice could not be made",
        "EN 16931 (Factur-X) asks for the country of the seller, which nobody guesses from its address. Without "
        "it an invoice is a PDF that only people can read.",
        "warning",
    ),
    "missing-cancel-page": Code(
        "There is no page to cancel without signing in",
        "§ 312k BGB: who sells subscriptions to consumers in Germany has a button for ending them, on a page that is "
        "open to everybody.",
        "warning",
    ),
    "missing-withdrawal": Code(
        "There is no function to withdraw from a contract",
        "Directive 2011/83/EU, article 11a, by Directive (EU) 2023/2673, from 19 June 2026: as long as consumers may "
        "withdraw, a button for it is there, confirmed by a second one and in writing.",
        "warning",
    ),
    "hidden-way-out": Code(
        "The way out is hidden, or takes more than three clicks",
        "Code de la consommation, L. 215-1-1, and § 312k BGB: a contract that was made online is ended online, by a "
        "button that is easy to find, a page that says what ends, and one that confirms it.",
        "warning",
    ),
    # what stands in a file
    "secret-in-file": Code(
        "A key or a password in a file",
        "Files are copied, mailed and kept in repositories. Take it out, and make a new one: this one may be known.",
    ),
    "key-like-value": Code(
        "Something that looks like a key",
        "Letters of both kinds and digits without order are most often a key, and keys do not belong in a file.",
        "warning",
    ),
    "turned-text": Code(
        "A character turns the direction of the text",
        "Whoever reviews the file reads something else than customers do. Pages know what goes from right to left.",
    ),
    "invisible-character": Code(
        "A character that nobody sees",
        "It came in by copying, most often. A name with it is another name, and a word with it is not found.",
        "warning",
    ),
    # what texts say
    "placeholder-differs": Code(
        "A text has other values or links in another language",
        "One of the two says less than it should. Most often something was lost in translation.",
        "warning",
    ),
    "markup-in-text": Code(
        "Markup in a text", "Texts are words: customers would read the markup as it is written.", "warning"
    ),
    "cut-off": Code(
        "The file ends in the middle",
        "A copy that broke off may still be a good definition, of something else.",
        "warning",
    ),
    "stray-comma": Code(
        "A name that ends in a comma", "Customers would read it on every page, and on invoices.", "warning"
    ),
    "short-bound": Code(
        "A field too short for what it is for", "Customers with a longer one could not go on.", "warning"
    ),
    "untranslated-text": Code(
        "A text is the same in two languages", "Most often it was copied to be translated later.", "warning"
    ),
    "literal-value": Code(
        "A price or a day that is written into a text",
        "It stays when the catalog changes, and each language writes it in its own way. A placeholder does both.",
        "warning",
    ),
    "same-title": Code(
        "Two pages of a workflow have the same title",
        "By the title people know where they are, above all who cannot see the page (WCAG 2.4.2).",
        "warning",
    ),
    "single-choice": Code(
        "A choice offers one thing only",
        "Nobody can choose there. Most often the others were forgotten.",
        "warning",
    ),
    "same-label": Code(
        "Two fields of a page have the same label",
        "Nobody could say which of the two to fill in, above all who hears one after the other (WCAG 2.4.6).",
        "warning",
    ),
    "other-language": Code(
        "A text stands under another language",
        "Most often two texts changed their places, and whoever reads either language reads the wrong one.",
        "warning",
    ),
    "stray-quote": Code(
        "A quotation mark that encloses nothing",
        "It was meant for the file and is shown to customers. YAML knows plain marks only, on both sides.",
        "warning",
    ),
    # texts, theme and pages
    "text-for-nothing": Code(
        "Texts for what is not there", "Nobody would see them. Most often the thing was renamed in the definition."
    ),
    "said-twice": Code(
        "A text is said twice in one language", "Only one of the two would be shown, and nobody could say which."
    ),
    "language-not-spoken": Code(
        "A file of texts in a language that the site does not speak",
        "Nothing that it says is shown. Add the language to `site.languages`, or call the file by one of them.",
        "warning",
    ),
    "missing-text": Code("A text is missing in a language", "Customers who read that language would see nothing."),
    "missing-label": Code("A field has no label", "Nobody would know what to type."),
    "missing-plural": Code("A plural form is missing", "The language needs it for some numbers."),
    "missing-language": Code("The theme does not speak a language", "Write its texts, or take the language out."),
    "unknown-text": Code("A text that the theme does not have", "There is nothing to say in its place."),
    "bad-placeholder": Code("A brace that encloses no name", "Write a name between the braces, or double the brace."),
    "unknown-placeholder": Code("A placeholder for what is not known here", "There is no value to put in."),
    "unknown-document": Code("A link to a document that the site does not have", "Add it under `site.urls`."),
    "wrong-format": Code(
        "A value in a format that it does not have", "An amount is no date. The problem says which fit."
    ),
    "low-contrast": Code(
        "A colour that cannot be seen well on another", "Many would not see what is painted with it, or written in it."
    ),
    "unknown-token": Code("A design token that the theme does not have", "There is no value to take."),
    "circular-token": Code("A design token that stands for itself", "There is no value at its end."),
    "unknown-group": Code(
        "A group of design tokens that the theme does not have", "There is nothing to take over from it."
    ),
    "token-and-group": Code(
        "A design token that is a group, too", "Its `$value` makes it a token; what is in it would be lost."
    ),
    "clashing-token": Code(
        "Two design tokens of one name in style sheets", "Dots, spaces and other signs are hyphens there."
    ),
    "lost-pointer": Code("A `$ref` that leads to no value", "There is nothing to take from where it leads."),
    "unreadable-colour": Code("A colour that is none", "Write six hexadecimal digits between quotes."),
    "wrong-token": Code(
        "A design token that is not of its type", "Style sheets could not use it. The problem says what fits."
    ),
    "token-without-base": Code(
        "A design token that has a value in a mode only", "Everywhere else it would have none. Say it in `tokens.yaml`."
    ),
    "unknown-setting": Code("A setting that the theme does not have", "Nothing would be made of it."),
    "incomplete-setting": Code("A setting of a theme that says too little", "Nobody could know what may be set."),
    "missing-asset": Code("A file of the site or the theme is missing", "Pages would show a hole. Add the file."),
    "bad-logo": Code(
        "A logo that browsers cannot show, or not well",
        "A PNG, JPEG or WebP picture of 16 to 4,000 pixels on each side, or an SVG picture; 300,000 bytes at most. "
        "What the file holds counts, not its name.",
    ),
    "bad-picture": Code("A picture of the theme that browsers cannot show", "Pages would show a hole. Save it again."),
    "unsafe-picture": Code(
        "An SVG picture acts, moves or reaches out of its file",
        "A picture is a drawing and nothing else: whoever opened it by itself would run what is in it.",
    ),
    "unknown-theme": Code("A theme that does not exist", "There is nothing to make pages of."),
    "circular-theme": Code("A theme that extends itself", "Nothing would be at its end to make pages of."),
    "circular-template": Code("A template that is made of itself", "It would never be done."),
    "missing-template": Code("A template is missing", "A page of the theme has no form. Add the file."),
    "template-syntax": Code("A template cannot be read", "The line that is named, or the one before, is not closed."),
    "template-fails": Code(
        "A template does what cannot be done",
        "Values do not fit together there: a text and a number, a list and a name.",
    ),
    "unknown-name-in-template": Code("A name that does not exist on the page", "There is no value to put in."),
    "unknown-live-name": Code("A live name that does not exist", "There is no value to put in."),
    "unknown-word": Code("A branch for a word that never comes", "The name can have other words only."),
    "missing-branch": Code("A word without a branch", "For that word nothing would be shown."),
    "not-live": Code("A tag for live names around something else", "Use the tag of the template language."),
    "too-early": Code("A live value is needed while pages are made", "It is known only when a customer asks."),
    "wrong-kind": Code("A live name of another kind", "A list, an amount and a yes or no are placed differently."),
    "may-be-missing": Code("A live value that may be missing", "Say what is shown when it is: put it in a branch."),
    # what a theme may not do, and may not leave out
    "missing-part": Code(
        "A page lacks what it must have",
        "Somebody could not go on, pay, leave, or know what they agree to. Told where the theme fills or "
        "replaces what has it in the shipped one.",
    ),
    "unknown-block": Code(
        "A block that no template above has", "What is in it is never shown. Most often it is a slip of the pen."
    ),
    "outside-of-blocks": Code(
        "Something stands outside of every block",
        "A template that extends another shows what is in blocks, and no more.",
    ),
    "unescaped-output": Code(
        "Words are placed as they are", "A name with a `<` in it would become markup. Pages escape everything."
    ),
    "removed-focus": Code(
        "Who uses the keyboard does not see where they are",
        "An outline was taken away, and none is drawn in its place (WCAG 2.4.7). A shadow alone is not enough: forced "
        "colours take it away.",
    ),
    "disabled-zoom": Code(
        "People are kept from making the page larger", "Whoever needs larger letters could not read it (WCAG 1.4.4)."
    ),
    "foreign-origin": Code(
        "A page asks somebody else for a file",
        "They would learn who buys here, and could change the page. The page's own security policy refuses it.",
    ),
    "heavy-page": Code(
        "A page is heavier than it should be",
        "40 KB of HTML and style sheet, 10 KB of scripts, 100 KB of fonts are enough for all pages that are shipped, "
        "before they are compressed. Who is on a slow line waits, and most of them do not.",
        "warning",
    ),
    "foreign-form": Code("A form is sent to somebody else", "What customers type goes to our own server only."),
    "unsafe-place": Code("A live value where it could act", "Only texts, quoted attributes and addresses are safe."),
    "inline-script": Code("A script inside the page", "The page's own security policy refuses it. Use a file."),
    "live-in-comment": Code("A live value in an HTML comment", "It could close the comment. Take it out."),
    "not-html": Code("Something that is not HTML", "Every reader would guess differently. Write it plainly."),
    "refused-element": Code("An element that has no place in a page", "It would load, run or embed something."),
    "unclosed-element": Code("An element is never closed", "What follows would stand inside it."),
    "uneven-elements": Code("Elements that overlap", "Close them in the order in which they were opened."),
    "uneven-branches": Code("Branches that end in different elements", "What follows would depend on the branch."),
}
