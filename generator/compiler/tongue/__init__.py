"""One language more: all that is to be said in it, and the file beside the definition that says it."""
