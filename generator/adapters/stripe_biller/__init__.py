"""Stripe Billing as biller: what is sold, subscribed and invoiced is kept at Stripe; who people are, here."""
