"""What is shown of each kind of page, and in which states."""
