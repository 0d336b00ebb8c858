"""Notify: alerts subscribers by signed webhooks."""
