"""How long the texts, names and times of the bank may be, and how many there may be. Pure."""

MAX_TEXT = 20_000
"""Characters of one text of a question, or of its key points together."""
MAX_STATEMENT = 300
"""Characters of one way to say a key point."""
MAX_STATEMENTS = 20
"""Statements of each kind about one key point."""
MAX_FOLLOW_UP = 300
"""Characters of one follow-up."""
MAX_SLUG = 50
"""Characters of the slug of a topic or an interview."""
MAX_QUESTION_SLUG = 80
MAX_TOPIC_NAME = 80
MAX_INTERVIEW_NAME = 120
MAX_SYSTEM = 60
"""Characters of the name of another system."""
MAX_FOREIGN_ID = 255
"""Characters of the id that a question has there. Moodle takes up to 100."""

MAX_DIFFICULTY = 3
MAX_SECONDS = 24 * 60 * 60
MAX_THINK_SECONDS = 600
MAX_FOLLOW_UPS = 2
"""Follow-ups to one question of an interview."""
FOLLOW_UP_SECONDS = 60
"""The time to answer a follow-up, where nobody has said another one."""
MAX_COUNT = 100
"""Questions that one slot may draw."""
MAX_POSITION = 32_767
"""The largest number of a PositiveSmallIntegerField."""

MAX_BYTES = 25_000_000
"""Bytes of an uploaded file: enough for ten thousand long questions."""
