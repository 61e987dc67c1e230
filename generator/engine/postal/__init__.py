"""Postal addresses as each country writes them: what is asked, what it is called, what is right, and on which lines."""
