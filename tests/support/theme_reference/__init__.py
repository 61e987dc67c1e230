"""The page for designers about all that a theme is made of, written from the code that makes pages."""
