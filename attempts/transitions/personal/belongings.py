"""What a guest has beside attempts: it goes where the attempts go."""

from attempts.models import Attempt, OwnInterview, Practice, QuestionNote, Schedule
from attempts.owners import Owner
from attempts.transitions.scheduling import reschedule


def has_anything(owner: Owner) -> bool:
    """Whether the owner has an attempt, or keeps anything beside attempts."""
    models = (Attempt, Practice, OwnInterview, QuestionNote)
    return any(model.objects.owned_by(owner).exists() for model in models)


def move_belongings(guest: Owner, account: Owner) -> None:
    """After the guest's attempts have moved to the account; within the same transaction."""
    for model in (Practice, OwnInterview):
        model.objects.owned_by(guest).update(user_id=account.user_id, guest_key="")
    _move_notes(guest, account)
    due = list(Schedule.objects.owned_by(guest).values_list("question", flat=True))
    reschedule(account, due)
    Schedule.objects.owned_by(guest).delete()


def forget_belongings(owner: Owner) -> None:
    """After the owner's attempts were deleted; within the same transaction."""
    for model in (Practice, OwnInterview, QuestionNote, Schedule):
        model.objects.owned_by(owner).delete()


def _move_notes(guest: Owner, account: Owner) -> None:
    """Where both have a note on a question, the account's comes first and the guest's below it."""
    theirs = {note.question_id: note for note in QuestionNote.objects.owned_by(account)}
    for note in QuestionNote.objects.owned_by(guest):
        kept = theirs.get(note.question_id)
        if kept is None:
            note.user_id, note.guest_key = account.user_id, ""
            note.save(update_fields=["user", "guest_key"])
            continue
        kept.note = "\n\n".join(text for text in dict.fromkeys([kept.note, note.note]) if text)
        kept.is_bookmarked |= note.is_bookmarked
        kept.shows_prompt |= note.shows_prompt
        kept.save(update_fields=["note", "is_bookmarked", "shows_prompt"])
        note.delete()
