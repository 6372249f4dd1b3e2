"""The addresses of signing in, under /accounts/: of django-allauth's, those that the desk uses. There is no sign-up,
and no second page for changing a password or an address of mail."""

from allauth.account import views
from allauth.core.internal import ratelimit
from allauth.mfa.webauthn.views import login_webauthn
from django.urls import include, path, re_path

from tracker.signing.views import RemovePasskey, still_here

limited = ratelimit.decorator(app="allauth.mfa", action="webauthn_login", limit_get=True)

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/reset/", views.password_reset, name="account_reset_password"),
    path("password/reset/done/", views.password_reset_done, name="account_reset_password_done"),
    path("password/reset/key/done/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]{1,13})-(?P<key>[^/]{1,200})/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("still-here/", still_here, name="still-here"),
    # Before allauth's own, which would take the last one too.
    path("2fa/webauthn/keys/<int:pk>/remove/", RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    # Asking for a challenge makes a session, so asking is limited too.
    path("2fa/webauthn/login/", limited(login_webauthn), name="mfa_login_webauthn"),
    path("2fa/", include("allauth.mfa.urls")),
]
