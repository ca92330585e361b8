"""The bank in Django's admin: topics, questions, interviews.

attempts.admin registers questions and interviews, because it adds what attempts know about them.
"""

from django.contrib import admin

from questions.admin import topic

__all__ = ["topic"]

admin.site.site_header = "Mock interview: the bank"
admin.site.site_title = "Mock interview"
admin.site.index_title = "Questions, interviews and people"
