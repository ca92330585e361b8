from django.urls import path

from attempts.views import clock, ending, reports, result, room
from attempts.views.beside_text import flag, sureness
from attempts.views.guests import forget, whose
from attempts.views.history import hiding, page
from attempts.views.own_data import deleting, download
from attempts.views.practice import offer
from attempts.views.sharing import links

app_name = "attempts"
urlpatterns = [
    path("", page.history, name="history"),
    path("return/", room.restore_guest, name="return"),
    path("whose/", whose.whose, name="whose"),
    path("download/", download.download, name="download"),
    path("delete/", deleting.delete_everything, name="delete_all"),
    path("forget/", forget.forget, name="forget"),
    path("<uuid:pk>/", room.room, name="room"),
    path("<uuid:pk>/clock/", clock.read_clock, name="clock"),
    path("<uuid:pk>/more-time/", clock.more_time, name="more_time"),
    path("<uuid:pk>/outage/", clock.give_back_outage, name="outage"),
    path("<uuid:pk>/save/", room.save, name="save"),
    path("<uuid:pk>/submit/", room.submit, name="submit"),
    path("<uuid:pk>/skip/", room.skip, name="skip"),
    path("<uuid:pk>/skip-question/", room.skip_question, name="skip_question"),
    path("<uuid:pk>/move/", room.move, name="move"),
    path("<uuid:pk>/go/<int:position>/", room.open_question, name="go"),
    path("<uuid:pk>/flag/", flag.flag, name="flag"),
    path("<uuid:pk>/sureness/<int:position>/", sureness.say_sureness, name="sureness"),
    path("<uuid:pk>/finish/", ending.finish, name="finish"),
    path("<uuid:pk>/follow-up/", offer.take, name="take_follow_up"),
    path("<uuid:pk>/follow-up/decline/", offer.decline, name="decline_follow_up"),
    path("<uuid:pk>/discard/", ending.discard, name="discard"),
    path("<uuid:pk>/hide/", hiding.hide, name="hide"),
    path("<uuid:pk>/share/", links.share, name="share"),
    path("<uuid:pk>/delete/", deleting.delete_attempt, name="delete"),
    path("<uuid:pk>/review/", result.review, name="review"),
    path("<uuid:pk>/review/waiting/", result.waiting, name="waiting"),
    path("<uuid:pk>/review/confirm/", result.confirm, name="confirm"),
    path("<uuid:pk>/review/<int:position>/", result.mark, name="mark"),
    path("<uuid:pk>/review/<int:position>/said/<int:point>/", result.say_here, name="say_here"),
    path("<uuid:pk>/review/<int:position>/report/", reports.send_report, name="report"),
]
