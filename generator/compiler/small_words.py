"""Small words by which it is seen in which language a text is: every sentence is full of them, and many a label."""

import re
from collections.abc import Mapping

from generator.model.text import Phrase

WORDS: Mapping[str, str] = {
    "en": (
        "the an of to and in is are was you your yours we our for with this that these what how why where when who "
        "not it its as at from by or be have has will can may do does about us yes would should which something else "
        "other another first day order gift purchase number choose billing"
    ),
    "fr": (
        "le les un une des du et est sont vous votre vos nous notre nos pour avec ce cette ces quel quelle quoi "
        "comment pourquoi où quand qui ne pas il elle au aux dans par ou êtes avez sera peut sur je mon ma mes à "
        "oui quelques combien autre chose jour commande cadeau achat début nom numéro choisissez facturation ligne "
        "entreprise trop"
    ),
    "de": (
        "der das und ist sind war sie ihr ihre wir unser unsere für mit dies diese dieser was wie warum wo wann "
        "wer nicht es als von aus bei oder haben wird kann über ich mein ja einen eine einem auf zu zum zur im"
    ),
    "es": (
        "el los las una del y es son usted su sus nosotros nuestro nuestra para con este esta qué cómo por dónde "
        "cuándo quién o tiene será puede sobre mi sí cuántas cuántos"
    ),
    "it": (
        "il lo gli una del della e è sono lei suo sua noi nostro nostra per con questo questa che cosa come perché "
        "dove quando chi non di o ha sarà può sul mio sì quanti quante"
    ),
    "nl": (
        "het een en is zijn u uw wij onze voor met dit deze wat hoe waarom waar wanneer wie niet of heeft wordt "
        "kan over mijn ja hoeveel van"
    ),
    "pt": (
        "os as um uma do da e é são você seu sua nós nosso nossa para com este esta que como por onde quando quem "
        "não ou tem será pode sobre meu sim quantos quantas"
    ),
    "pl": (
        "i z ze w we na do od dla jest są był nie się to ten ta te jak co gdzie kiedy kto dlaczego czy lub albo oraz "
        "przez po przy pod nad o być może można będzie nas nasz nasza państwa ile mój moja tak już także"
    ),
}
"""What two languages have in common speaks for neither of the two."""

_WORD = re.compile(r"[^\W\d_]+")


def small(phrase: Phrase, language: str, other: str) -> list[str]:
    """The small words of a language in it, but those that the other one has too; none where we know too little."""
    own, others = WORDS.get(base(language), "").split(), WORDS.get(base(other), "").split()
    if not own or not others:
        return []
    return [word for word in _WORD.findall(phrase.says.casefold()) if word in own and word not in others]


def base(language: str) -> str:
    """The language without where it is spoken."""
    return language.partition("-")[0]
