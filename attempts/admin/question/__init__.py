"""Questions in the admin, with what attempts know of them. Importing this registers their pages."""

from attempts.admin.question import admin

__all__ = ["admin"]
