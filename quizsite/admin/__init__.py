"""Accounts in Django's admin: users, groups, email addresses, second factors.

Django looks for this module by its name. Its pages replace those of Django and allauth.
"""

from quizsite.admin import emails, groups, second_factors, users

__all__ = ["emails", "groups", "second_factors", "users"]
