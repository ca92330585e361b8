from allauth.account import views as account_views
from django.contrib import admin
from django.db.transaction import atomic
from django.urls import include, path

from attempts.views import lobby
from quizsite.health import healthz

urlpatterns = [
    path("", lobby.home, name="home"),
    path("interviews/<slug:slug>/", lobby.interview, name="interview"),
    path("attempts/", include("attempts.urls")),
    # Logging in moves a guest's attempts to the account: both happen, or neither.
    path("accounts/login/", atomic(account_views.login), name="account_login"),
    path("accounts/signup/", atomic(account_views.signup), name="account_signup"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("healthz", healthz, name="healthz"),
]
