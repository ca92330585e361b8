"""Formats whose texts have markup of their own: Moodle XML and GIFT, and HTML to our Markdown.

html_tree reads HTML, html_blocks says what a reader sees of it, markdown_blocks and markdown_lines
write that as Markdown, and shown checks what our own pages make of it.
"""
