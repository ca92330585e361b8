"""Import and export in Django's admin: upload a file, see what would happen, agree."""

from questions.admin.exchange.pages import ExchangePages

__all__ = ["ExchangePages"]
