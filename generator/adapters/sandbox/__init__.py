"""A test gateway: a bank of our own in its own process, where card numbers decide what happens and no money moves."""
