"""The addresses of signing in: only those of django-allauth that this house uses."""

from __future__ import annotations

from allauth.account import views
from allauth.mfa.webauthn.views import login_webauthn
from django.urls import path, re_path

from zhiyin.people.doors import confirmed
from zhiyin.people.views import confirm, entrance, outside

urlpatterns = [
    path("login/", entrance.sign_in, name="account_login"),
    path("login/second/", entrance.second_step, name="mfa_authenticate"),
    path("login/passkey/", login_webauthn, name="mfa_login_webauthn"),
    path("confirm/", confirm.confirm, name="account_reauthenticate"),
    path("oidc/", outside.begin, name="oidc_begin"),
    path("oidc/callback/", outside.callback, name="oidc_callback"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/set/", confirmed(views.password_set), name="account_set_password"),
    path("password/reset/", entrance.forgotten, name="account_reset_password"),
    path("password/reset/sent/", views.password_reset_done, name="account_reset_password_done"),
    path(
        "password/reset/done/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    # So that the log's mask of link tokens (/reset/…) covers it.
    re_path(
        r"^reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]
