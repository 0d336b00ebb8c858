"""Store: keeps documents and records, and joins the documents about one meeting."""
