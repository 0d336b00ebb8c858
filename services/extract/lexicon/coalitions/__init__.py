"""One file a coalition; a package only so that installing takes the files along."""
