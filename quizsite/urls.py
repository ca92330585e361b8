from django.contrib import admin
from django.urls import include, path

from attempts.views import interview
from attempts.views.home import interview_date, reminders, today
from attempts.views.own_data import your_data
from attempts.views.sharing import shared
from quizsite.account_deletion import page
from quizsite.accounts.addresses import addresses
from quizsite.accounts.log_in import log_out
from quizsite.accounts.sign_up import SignUpView

handler500 = "quizsite.watching.broken.server_error"

urlpatterns = [
    path("", today.home, name="home"),
    path("interview-date/", interview_date.interview_date, name="interview_date"),
    path("reminders.ics", reminders.reminders, name="reminders"),
    path("interviews/<slug:slug>/", interview.interview, name="interview"),
    path("own-interviews/", include("attempts.own_interview_urls")),
    path("questions/", include("attempts.question_urls")),
    path("shared/<str:token>/", shared.shared_result, name="shared_result"),
    path("attempts/", include("attempts.urls")),
    path("practice/", include("attempts.practice_urls")),
    path("accounts/signup/", SignUpView.as_view(), name="account_signup"),
    path("accounts/email/", addresses, name="account_email"),
    path("accounts/logout/", log_out, name="account_logout"),
    path("accounts/data/", your_data.your_data, name="account_data"),
    path("accounts/delete/", page.delete, name="account_delete"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]

handler429 = "quizsite.rate_limits.reply.too_many"  # allauth's name for it
