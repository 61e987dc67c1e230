"""What another version of a definition changes for customers, in words and with somebody for whom it is so."""
