"""How one server takes the place of another, so that no request falls between the two.

WEB_SOCKET names what the proxy connects to. It is a link to the socket of the server that answers
now; every server listens on a socket of its own beside it. Standard library only.
"""
