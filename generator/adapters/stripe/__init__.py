"""Payment at Stripe, by Stripe's own library. Card data and account numbers stay on Stripe's pages."""
