"""`communique demo`: the system at work on the five documents of `seeds/`."""
