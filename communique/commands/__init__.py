"""The commands' names, arguments and help; importing this package must stay quick."""
