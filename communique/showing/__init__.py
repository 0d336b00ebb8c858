"""How things are shown to people: harmless, readable in either direction, at any width."""
