"""The database that store and ledger share: opening it, one unit of work, its tables and their history."""
