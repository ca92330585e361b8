"""Moodle's two formats for questions: XML, read and written, and GIFT, read."""
