"""The HTTP interface for subscribers."""
