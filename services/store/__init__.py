"""Store: keeps documents, records and meetings, decides which documents are one meeting."""
