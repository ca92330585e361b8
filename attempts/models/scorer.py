"""What the processes that make suggestions tell each other: who has an answer, that one is there.

Only `attempts.marking.queue` writes these rows. They are about no person, and may be deleted at any
time: then an answer is perhaps read twice.
"""

from django.db import models

TO_READ = "answers_to_read"
"""The channel on which a transaction says that it has closed answers that no engine has read."""


class ScorerClaim(models.Model):
    """Until then one process has the answer, or nobody tries it again after it has failed.

    No foreign key: that would lock the answer, for which a save may be waiting. A claim of an
    answer that was deleted is removed later.
    """

    answer_id = models.BigIntegerField(primary_key=True)
    until = models.DateTimeField()
    tries = models.PositiveIntegerField(default=1)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"claim of answer {self.answer_id}"


class ScorerSeen(models.Model):
    """One row: when a process that makes suggestions last said that it is there."""

    ONLY = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY)
    seen_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"seen at {self.seen_at}"
