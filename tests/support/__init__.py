"""What several tests need: a town with our pages, a bank and a merchant, and customers who walk through it."""
