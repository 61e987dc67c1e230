"""From what a merchant and a designer wrote to a bundle, or to everything that is wrong with it."""
