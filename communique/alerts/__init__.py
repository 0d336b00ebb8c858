"""Receiving alerts, and subscribing to them."""
