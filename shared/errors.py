"""Errors that people see: one line that says what, where, and what to do."""


class CommuniqueError(Exception):
    """Something went wrong that the message explains in one line."""


class SettingsError(CommuniqueError):
    """A setting is missing or wrong; the service does not start."""


class PermanentError(CommuniqueError):
    """Trying again cannot help: the message goes to the dead letters at once."""
