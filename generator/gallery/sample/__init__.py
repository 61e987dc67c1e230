"""People, plans, subscriptions and invoices that nobody has, and that look as if somebody had."""
