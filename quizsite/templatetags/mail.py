"""Where an email is that the site has just promised."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def prints_mail() -> bool:
    """Whether email is written to the terminal instead of being sent, as with DEBUG=1."""
    return settings.EMAIL_BACKEND.endswith(".console.EmailBackend")
