"""Texts with markup of another system to our Markdown, so that our page shows what theirs does.

sources reads a text, markdown_blocks and markdown_lines write it, shown tells what our own page
makes of it, and item_texts holds the two against each other for each text of a question.
"""
