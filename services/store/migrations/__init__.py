"""The schema of store's database, step by step."""
