"""What store answers over HTTP."""
