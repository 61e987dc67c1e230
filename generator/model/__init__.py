"""The nouns: frozen values, no input or output, standard library only."""
