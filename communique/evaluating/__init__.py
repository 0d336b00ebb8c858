"""How good the extractor is on gold records: read them, compare field by field, add up."""
