"""What ports return becomes live names: every decision that a page shows is made here, under a name of its own."""
