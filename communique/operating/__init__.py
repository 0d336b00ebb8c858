"""How the running system stands: services, streams, dead letters."""
