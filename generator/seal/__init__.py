"""Links, cookies and results that nobody but us can make, and all but the result that nobody but us can read."""
