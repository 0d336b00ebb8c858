"""The command line, and the launcher that runs everything on one machine."""
