"""Grammars: each reads one kind of fact near the triggers that name it."""
