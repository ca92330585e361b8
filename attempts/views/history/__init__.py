"""My attempts: how they go, and a list of them that can be filtered and searched.

A page with a filter, or with a search, is the list alone.
"""
