"""Where documents are: one document's journey, and whether any document is nowhere."""
