"""The schema of notify's database, step by step."""
