from allauth.account import views as account_views
from allauth.mfa.base import views as factor_views
from allauth.mfa.webauthn import views as passkey_views
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
    path("accounts/2fa/authenticate/", atomic(factor_views.authenticate), name="mfa_authenticate"),
    path(
        "accounts/2fa/webauthn/login/",
        atomic(passkey_views.login_webauthn),
        name="mfa_login_webauthn",
    ),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("healthz", healthz, name="healthz"),
]
