"""What can go wrong with a server.

Messages are written to the log. They say nothing of what was sent or received, because a server may
repeat the answer in it.
"""


class ServerFailed(Exception):
    """The server gave no reply that can be used."""


class Unavailable(ServerFailed):
    """It did not answer, or is too busy. The same request may succeed later."""


class FormRefused(ServerFailed):
    """It does not take a request of this form."""
