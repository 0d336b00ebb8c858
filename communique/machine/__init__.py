"""The launcher: Redis and the four services on this machine, started, watched and ended."""
