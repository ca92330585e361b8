"""Two people at the same rows: what one saved is not undone by the older page of the other.

Forms, lists, actions and deletions each carry what their page showed. What was changed since is
shown, and nothing is stored until somebody saw it.
"""
