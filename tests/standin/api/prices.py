"""What is sold: products, prices and plans, what lowers them, and the taxes that come on top."""

from decimal import Decimal
from typing import Any

from tests.standin.api import Doings
from tests.standin.api.plain import Plain
from tests.standin.books import Books, letters, merged
from tests.standin.faults import invalid
from tests.standin.shapes import Thing


def _product(books: Books, said: Thing) -> Thing:
    prices = said.pop("default_price_data", None)
    if prices is not None:
        raise invalid("The stand-in makes no default prices", "parameter_unknown", "default_price_data")
    if said.get("id") in books.things:
        raise invalid("There is a product of this id", "resource_already_exists", "id")
    return {"updated": books.now(), "images": [], "marketing_features": [], **said}


def _price(books: Books, said: Thing) -> Thing:
    data, moved = said.pop("product_data", None), said.pop("transfer_lookup_key", False)
    if data is not None:
        said["product"] = PRODUCTS.create(books, data)["id"]
    elif not said.get("product"):
        raise invalid("A price is a product's", "parameter_missing", "product")
    else:
        books.find("product", said["product"], "product")
    said["currency"] = said["currency"].lower()
    _lookup(books, said.get("lookup_key"), moved)
    return {**said, **_amount(said), "type": "recurring" if said.get("recurring") else "one_time", **_recurring(said)}


def _lookup(books: Books, key: Any, moved: bool) -> None:
    """A price can be found by a name of one's own, which only one has."""
    for other in books.all("price", lookup_key=key) if key else ():
        if not moved:
            raise invalid("Another price has this key", param="lookup_key")
        other["lookup_key"] = None


def _amount(said: Thing) -> Thing:
    """The amount in minor units, where it is a whole number of them, and in the decimal form that may be finer."""
    if said.get("billing_scheme") == "tiered":
        if not said.get("tiers") or not said.get("tiers_mode"):
            raise invalid("Tiers, and how they add up", "parameter_missing", "tiers")
        return {"unit_amount": None, "tiers": [_tier(tier) for tier in said["tiers"]]}
    exact = said.get("unit_amount_decimal")
    if exact is None and said.get("unit_amount") is None:
        raise invalid("A price has an amount", "parameter_missing", "unit_amount")
    exact = Decimal(said["unit_amount"]) if exact is None else exact
    return {"unit_amount": int(exact) if exact == int(exact) else None, "unit_amount_decimal": str(exact)}


def _tier(said: Thing) -> Thing:
    names = ("flat_amount", "flat_amount_decimal", "unit_amount", "unit_amount_decimal")
    tier = {**dict.fromkeys(names), **{name: value for name, value in said.items() if name != "up_to"}}
    for name in ("flat_amount", "unit_amount"):
        if (exact := tier[f"{name}_decimal"]) is not None:
            tier |= {name: int(exact) if exact == int(exact) else None, f"{name}_decimal": str(exact)}
        elif tier[name] is not None:
            tier[f"{name}_decimal"] = str(tier[name])
    return {**tier, "up_to": None if said["up_to"] == "inf" else said["up_to"]}


def _recurring(said: Thing) -> Thing:
    asked = said.get("recurring")
    if not asked:
        return {}
    usual = {"interval_count": 1, "usage_type": "licensed", "meter": None, "trial_period_days": None}
    return {"recurring": {**usual, **asked}}


def inline(books: Books, said: Thing) -> Thing:
    """A price that was said in the place where one would be named."""
    return PRICES.create(books, {name: value for name, value in said.items() if name != "tax_rates"})


def _plan(books: Books, said: Thing) -> Thing:
    """The older form of a price that recurs."""
    if isinstance(said.get("product"), dict):
        said["product"] = PRODUCTS.create(books, said["product"])["id"]
    return {**said, "amount_decimal": str(said.get("amount_decimal", said.get("amount", 0)))}


def _coupon(books: Books, said: Thing) -> Thing:
    if (said.get("percent_off") is None) == (said.get("amount_off") is None):
        raise invalid("Either a part or an amount is off", "parameter_missing", "percent_off")
    if said.get("amount_off") is not None and not said.get("currency"):
        raise invalid("An amount has a currency", "parameter_missing", "currency")
    if said.get("duration") == "repeating" and not said.get("duration_in_months"):
        raise invalid("How many months", "parameter_missing", "duration_in_months")
    said["id"] = said.get("id") or letters(8)
    if said["id"] in books.things:
        raise invalid("There is a coupon of this name", "resource_already_exists", "id")
    return said


def _code(books: Books, said: Thing) -> Thing:
    promotion = said["promotion"]
    books.find("coupon", promotion.get("coupon"), "promotion[coupon]")
    if said.get("expires_at") is not None and said["expires_at"] <= books.now(None):
        raise invalid("A code ends later than now", param="expires_at")
    code = said.get("code") or letters(8).upper()
    for other in books.all("promotion_code", active=True):
        if other["code"].casefold() == code.casefold() and other["customer"] == said.get("customer"):
            raise invalid("There is an active code of this name", "resource_already_exists", "code")
    limits = {"first_time_transaction": False, "minimum_amount": None, "minimum_amount_currency": None}
    restrictions = {**limits, **(said.get("restrictions") or {})}
    return {
        **said,
        "code": code,
        "promotion": {"coupon": promotion["coupon"], "type": "coupon"},
        "restrictions": restrictions,
    }


def _tax(books: Books, said: Thing) -> Thing:
    return {**said, "effective_percentage": said["percentage"]}


def _link(books: Books, said: Thing) -> Thing:
    """A page that anybody may open and pay on."""
    lines = said.pop("line_items", [])
    for line in lines:
        books.find("price", line.get("price"), "line_items[price]")
    currency = books.things[lines[0]["price"]]["currency"] if lines else "usd"
    return {**said, "currency": currency, "url": f"{books.url}/pay/{letters(14)}"}


def _billing_pages(books: Books, said: Thing) -> Thing:
    features = {
        "customer_update": {"allowed_updates": [], "enabled": False},
        "invoice_history": {"enabled": False},
        "payment_method_update": {"enabled": False, "payment_method_configuration": None},
        "subscription_cancel": {
            "cancellation_reason": {"enabled": False, "options": []},
            "enabled": False,
            "mode": "at_period_end",
            "proration_behavior": "none",
        },
        "subscription_update": {
            "default_allowed_updates": [],
            "enabled": False,
            "proration_behavior": "none",
            "schedule_at_period_end": {"conditions": []},
            "trial_update_behavior": "end_trial",
        },
    }
    wanted = said.get("features", {})
    merged_features = {name: {**usual, **(wanted.get(name) or {})} for name, usual in features.items()}
    profile = {
        "headline": None,
        "privacy_policy_url": None,
        "terms_of_service_url": None,
        **(said.get("business_profile") or {}),
    }
    return {**said, "updated": books.now(), "features": merged_features, "business_profile": profile}


PRODUCTS = Plain("product", "prod", "/v1/products", "product", {"active": True, "type": "service"}, _product)
PRICES = Plain(
    "price",
    "price",
    "/v1/prices",
    "price",
    {"active": True, "billing_scheme": "per_unit", "tax_behavior": "unspecified"},
    _price,
)
PLANS = Plain(
    "plan",
    "plan",
    "/v1/plans",
    "plan",
    {"active": True, "billing_scheme": "per_unit", "interval_count": 1, "usage_type": "licensed"},
    _plan,
)
COUPONS = Plain(
    "coupon", "", "/v1/coupons", "coupon", {"duration": "once", "times_redeemed": 0, "valid": True}, _coupon
)
CODES = Plain(
    "promotion_code", "promo", "/v1/promotion_codes", "promotion_code", {"active": True, "times_redeemed": 0}, _code
)
TAXES = Plain("tax_rate", "txr", "/v1/tax_rates", "tax_rate", {"active": True, "rate_type": "percentage"}, _tax)
LINKS = Plain(
    "payment_link",
    "plink",
    "/v1/payment_links",
    "payment_link",
    {
        "active": True,
        "after_completion": {"type": "hosted_confirmation", "hosted_confirmation": {"custom_message": None}},
        "automatic_tax": {"enabled": False, "liability": None},
        "billing_address_collection": "auto",
        "customer_creation": "if_required",
        "payment_method_collection": "always",
        "submit_type": "auto",
        "tax_id_collection": {"enabled": False, "required": "never"},
    },
    _link,
)
BILLING_PAGES = Plain(
    "billing_portal.configuration",
    "bpc",
    "/v1/billing_portal/configurations",
    "billing_portal.configuration",
    {"active": True},
    _billing_pages,
)


def billing_session(books: Books, said: Thing) -> Thing:
    """A way into Stripe's own billing pages."""
    if not said.get("customer"):
        raise invalid("Whose", "parameter_missing", "customer")
    customer = books.find("customer", said["customer"], "customer")
    configuration = said.get("configuration")
    if configuration is None:
        pages = next(books.all("billing_portal.configuration", is_default=True), None)
        configuration = (pages or _usual_pages(books))["id"]
    session = books.new(
        "billing_portal.session",
        "bps",
        configuration=configuration,
        customer=customer["id"],
        return_url=said.get("return_url"),
        url=f"{books.url}/p/session/{letters(14)}",
    )
    books.tell("billing_portal.session.created", session)
    return session


def _usual_pages(books: Books) -> Thing:
    return books.new(
        "billing_portal.configuration",
        "bpc",
        **{"active": True, "is_default": True, "metadata": merged({}, {}), **_billing_pages(books, {})},
    )


_ALL = (PRODUCTS, PRICES, PLANS, COUPONS, CODES, TAXES, LINKS, BILLING_PAGES)

DOINGS: Doings = {
    **{name: doing for one in _ALL for name, doing in one.doings().items()},
    "post /v1/billing_portal/sessions": billing_session,
}
