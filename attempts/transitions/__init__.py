"""The only writer of attempts. Each function locks the attempt, asks the rules, and saves.

Functions that act for a person take the owner who asks and `now` (aware, from the database's
clock). They raise Attempt.DoesNotExist or Answer.DoesNotExist if the owner has no such attempt or
the attempt no such position, and IllegalTransition if its state does not allow the change; then
nothing was changed.
"""

from attempts.transitions.beside_text.flag import flag
from attempts.transitions.beside_text.sureness import say_sureness
from attempts.transitions.claiming import Choice, TwoRunning, claim
from attempts.transitions.deleting import delete, delete_all
from attempts.transitions.ending import discard, finish, finish_overdue
from attempts.transitions.follow_ups.asking import FollowUp
from attempts.transitions.follow_ups.offering import decline_offer, take_offer
from attempts.transitions.marking import NotShown, confirm, mark, say_here, store_suggestion
from attempts.transitions.more_time import add_time, give_back_outage, settle
from attempts.transitions.moving import move, show, skip, submit, visit
from attempts.transitions.starting import start
from attempts.transitions.writing import Saved, save

__all__ = [
    "Choice",
    "FollowUp",
    "NotShown",
    "Saved",
    "TwoRunning",
    "add_time",
    "claim",
    "confirm",
    "decline_offer",
    "delete",
    "delete_all",
    "discard",
    "finish",
    "finish_overdue",
    "flag",
    "give_back_outage",
    "mark",
    "move",
    "save",
    "say_here",
    "say_sureness",
    "settle",
    "show",
    "skip",
    "start",
    "store_suggestion",
    "submit",
    "take_offer",
    "visit",
]
