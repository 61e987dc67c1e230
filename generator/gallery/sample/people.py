"""Who stands before the pages of the gallery: names and addresses as people have them, short and very long."""

from dataclasses import replace

from generator.model.customer import BillingInfo, Customer

CLARA = Customer(
    "clara",
    "c-1042",
    billing=BillingInfo(
        email="clara@whitfield.example",
        name="Clara Whitfield",
        company="Whitfield & Daughters Ltd",
        address_line1="14 Mill Lane",
        postal_code="CB2 1RX",
        city="Cambridge",
        country="GB",
    ),
)
"""All that can be known of her is known."""

NEW = Customer("new", "c-1043", billing=BillingInfo(email="jonas.berg@example.com"))
"""Somebody of whom nothing but an address is known."""

NOBODY = Customer("", "")
"""A visitor."""

GERMAN = Customer(
    "german",
    "c-1044",
    billing=BillingInfo(
        email="rechnungseingang.zentrale@donaudampfschifffahrtsgesellschaft.example",
        name="Prof. Dr. Maximiliane Freifrau von Hohenstaufen-Oberammergau",
        company="Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft mbH & Co. KG",
        vat_number="DE136695976",
        address_line1="Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetzstraße 127a",
        address_line2="Hinterhaus, Aufgang C, 4. Obergeschoss links, c/o Buchhaltung und Rechnungsprüfung",
        postal_code="94032",
        city="Schmedeswurtherwesterdeich",
        country="DE",
    ),
)
"""Words without a gap that are longer than a phone is wide."""

ARABIC = Customer(
    "arabic",
    "c-1045",
    billing=BillingInfo(
        email="khaled@dar-alhikma.example",
        name="خالد بن عبد الرحمن الحدّاد",
        company="دار الحكمة للنشر والتوزيع",
        address_line1="١٢ شارع الحمراء، الطابق ٣",
        postal_code="1103",
        city="بيروت",
        country="LB",
    ),
)
"""Written from right to left, on pages that mostly are not."""

JAPANESE = Customer(
    "japanese",
    "c-1047",
    billing=BillingInfo(
        email="haruka@yamanashi-shoten.example",
        name="小林 遥",
        company="株式会社山梨商店",
        address_line1="丸の内2丁目7-2",
        postal_code="100-0005",
        city="千代田区",
        country="JP",
        region="JP-13",
    ),
)
"""From a country whose addresses begin where ours end."""

FRIEND = Customer("friend", "c-1046", billing=replace(CLARA.billing, name="Émile Fournier-Lacroix", company=""))
"""Somebody for whom somebody else pays."""


def on_terms(customer: Customer) -> Customer:
    """The same, who may pay by transfer within 30 days."""
    return replace(customer, terms_days=30)
