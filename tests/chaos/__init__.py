"""Documents in, faults in between, and an oracle that knows what must have come of it."""
