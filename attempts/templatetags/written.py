"""What a page says of a text that a person wrote."""

from django import template

from attempts.rules.words import word_count

register = template.Library()
register.filter("word_count", word_count)
