"""One module a step; steps are added, never edited."""
