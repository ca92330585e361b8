"""Markdown files of questions and answers: headings, <details>, "Q:" and "A:", numbered lists."""
