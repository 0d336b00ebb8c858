"""Extract: reads a meeting record out of the text of a document."""
