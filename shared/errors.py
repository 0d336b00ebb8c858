"""Errors that people see: one line that says what, where, and what to do."""


class CommuniqueError(Exception):
    """Something went wrong that the message explains in one line."""


class SettingsError(CommuniqueError):
    """A setting is missing or wrong; the service does not start."""


class PermanentError(CommuniqueError):
    """Trying again cannot help: the message goes to the dead letters at once."""


class TransientError(CommuniqueError):
    """The surroundings fail, not the message: it is tried again until they are back.

    Such an attempt does not count towards `max_attempts`: a database that is away for an hour
    must not send an hour of documents to the dead letters.
    """
