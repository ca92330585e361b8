"""The scorer in a process of its own, for whoever waits for what it finds.

In a thread its arithmetic would hold up every other request of the server's process. Pure: texts
in, findings out; no Django, no database.
"""
