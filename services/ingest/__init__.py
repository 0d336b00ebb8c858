"""Ingest: watches the folder and publishes every document that lands in it."""
