"""The history of the tables: one file a change, never edited once it was released."""
