"""What an operator may say in the environment, each with what it is: docs/operators.md lists them."""

from collections.abc import Mapping

PREFIX = "HOSTED_PAGES_"
"""What all their names begin with."""

SETTINGS: Mapping[str, str] = {
    "BASE_URL": "where customers reach the pages, such as `https://billing.acme.example`; required",
    "LINK_KEYS": "keys for links and cookies, with commas between them: the first makes, all open; required",
    "RESULT_KEY": "the key for signed results, shared with the merchant's application; required",
    "API_KEYS": "who may use the API: `name:secret`, with commas between them; nobody if not set",
    "API_PACE": "how many requests a minute one of them may make; 600 if not set",
    "DATABASE_URL": (
        "`sqlite:///hosted-pages.db` if not set, or `postgresql://user@host/name`, which needs `pip install "
        "'hosted-pages[serve,postgres]'`"
    ),
    "MERCHANTS": (
        "the folder of the merchants' files, where there are [several](#several-merchants); one merchant, "
        "described by the other settings, if not set"
    ),
    "METRICS_KEY": "who says it as `Authorization: Bearer …` is told the metrics; nobody if not set",
    "KEEP_DAYS": "how many days quotes and walks are kept after anybody last went on with them; 90 if not set",
    "BUILD": "the folder of bundles; `build` if not set",
    "BILLER": (
        "`ledger`, `stripe` where the gateway is Stripe too and the definition says so ([what it "
        "can](stripe.md#stripe-as-biller)), or `module:name`"
    ),
    "GATEWAY": "`sandbox`, `stripe`, or `module:name`, which is called with the settings and the database",
    "STRIPE_KEY": "the secret key of your account at Stripe, `sk_…`, or a restricted one, `rk_…`",
    "STRIPE_WEBHOOK_SECRET": "what signs Stripe's events, with commas between several; without it none is believed",
    "STRIPE_PUBLISHABLE_KEY": (
        "where it is set, cards are typed in [Stripe's field on a page of "
        "ours](stripe.md#stripes-field-on-our-page); on Stripe's page if not"
    ),
    "STRIPE_PATIENCE": "how many seconds to wait for Stripe's answer, twice more where none came; 10 if not set",
    "STRIPE_PAGES": (
        "the origins of Stripe's pages, with commas, if you have an address of your own for them; "
        "`https://checkout.stripe.com,https://hooks.stripe.com` if not set"
    ),
    "STRIPE_BASE": "for tests: where Stripe is asked. A live key is refused with it",
    "STRIPE_SCRIPT": "for tests: what is loaded in place of Stripe's script. A live key is refused with it",
    "SANDBOX_URL": "where the sandbox bank is; `hosted-pages sandbox` starts one",
    "SANDBOX_PUBLIC_URL": "where customers reach the sandbox bank, if that is another place",
    "SANDBOX_PATIENCE": "how many seconds to wait for its answer; 20 if not set",
    "LOG": "`lines`, or `json` with an object in each line; `lines` if not set",
    "CACHE": (
        "the folder in which `check` keeps what it came to, so that it answers at once where nothing changed,"
        " templates are kept compiled, and which pages are known to come out well; `off` for none. A folder "
        "of your own below `XDG_CACHE_HOME` or the like if not set. It can be emptied at any time"
    ),
    "PROXIES": (
        "how many proxies of yours stand before us; 0 if not set. Tries are counted by client, and without it"
        " all clients behind a proxy are one"
    ),
    "SMTP_URL": (
        "the server that takes mail: `smtp://user:password@host:587` (STARTTLS) or "
        "`smtps://user:password@host:465` (TLS from the start)"
    ),
    "MAIL_FROM": "the sender of mails, `billing@acme.example`; the merchant's name stands in front if no other does",
    "WEBHOOK_KEYS": (
        "keys for webhooks, with commas between them: all sign, the first is the one whose secrets are told; "
        "without any, nothing is sent"
    ),
    "WEBHOOKS_ALLOW": (
        "`host:port` of your own that webhooks may go to though they are private or unencrypted, with commas "
        "between them"
    ),
    "MAILER": "`smtp` where there is a server for it, otherwise `mailbox`; or `module:name`",
    "MAILBOX": "the folder that the mailbox writes mails to; `mailbox` if not set",
}
"""In the order in which they are listed. What is said may have Markdown in it."""
