"""Django's settings. Everything that differs between deployments comes from the environment."""

from __future__ import annotations

from pathlib import Path

from zhiyin.config import environment as env
from zhiyin.config.logging import configure

PACKAGE = Path(__file__).resolve().parent.parent

CHECKOUT_DOCS = PACKAGE.parents[1] / "docs"
DOCS_DIR = CHECKOUT_DOCS if CHECKOUT_DOCS.is_dir() else PACKAGE / "docs"  # a wheel carries them inside

SECRET_KEY = env.text("SECRET_KEY")
DEBUG = env.flag("DEBUG")
DATA_DIR = env.folder("DATA_DIR", Path("var"))
PUBLIC_URL = env.text("PUBLIC_URL", "http://127.0.0.1:" + env.text("PORT", "8000")).rstrip("/")
HTTPS = PUBLIC_URL.startswith("https://")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "127.0.0.1 localhost [::1]")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "zhiyin.kit",
    "zhiyin.people",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "django_vite",
    "zhiyin.catalogue",
    "zhiyin.customers",
    "zhiyin.conversations",
    "zhiyin.promises",
    "zhiyin.cases",
    "zhiyin.facts",
    "zhiyin.guarantees",
    "zhiyin.insight",
    "zhiyin.statutory",
    "zhiyin.desk",
    "zhiyin.portal",
]

MIDDLEWARE = [
    "zhiyin.kit.middleware.Number",
    "django.middleware.security.SecurityMiddleware",
    "zhiyin.kit.middleware.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "zhiyin.kit.middleware.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "zhiyin.people.wiring.middleware.Visits",
    "zhiyin.kit.middleware.Audit",
    "zhiyin.kit.middleware.DomainErrors",
    "zhiyin.people.wiring.middleware.SecondFactor",
]

ROOT_URLCONF = "zhiyin.config.urls"
ASGI_APPLICATION = "zhiyin.config.asgi.application"
WSGI_APPLICATION = "zhiyin.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "zhiyin.desk.context.shell",
            ],
        },
    }
]

DATABASES = {"default": env.database(env.text("DATABASE_URL"))}
# Our queries name their tables in the order they are best read, from the row asked for outwards; trying every
# other order of ten joins takes ten times as long as the query (9 ms against 0.3 ms for the page of a case).
DATABASES["default"]["OPTIONS"].setdefault("options", "-c jit=off -c join_collapse_limit=4")
if env.flag("DATABASE_POOL"):
    # A connection that died with a restarted server is found out before a page gets it.
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 2, "max_size": 24, "timeout": 20}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "kit_cache",
        # Who has tried too often is counted here: with the usual 300 a stranger could push the counts out.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

AUTH_USER_MODEL = "people.Staff"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "zhiyin.people.passwords.NotAlike",
        "OPTIONS": {"user_attributes": ("username", "name", "email")},
    },
    {"NAME": "zhiyin.people.passwords.NotTooShort", "OPTIONS": {"min_length": 10}},
    {"NAME": "zhiyin.people.passwords.NotCommon"},
    {"NAME": "zhiyin.people.passwords.NotOnlyFigures"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:today"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "zhiyin.people.wiring.account.Adapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {
    "login": "zhiyin.people.forms.sign_in.LoginForm",
    "change_password": "zhiyin.people.forms.sign_in.ChangePasswordForm",
    "set_password": "zhiyin.people.forms.sign_in.SetPasswordForm",
    "reset_password_from_key": "zhiyin.people.forms.sign_in.ResetPasswordKeyForm",
}
# Whoever could be locked out by others is counted in `people.guessing`; here is only what needs a session of one's own.
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": None,
    "reset_password": None,
    "reset_password_from_key": None,
}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 60 * 15

MFA_ADAPTER = "zhiyin.people.wiring.factors.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "zhiyin.people.forms.factors.CodeForm",
    "authenticate_webauthn": "zhiyin.people.forms.factors.KeyForm",
    "login_webauthn": "zhiyin.people.forms.factors.PasskeyForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute off; a code still works only once
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_RATE_LIMITS = {"webauthn_login": "120/m/ip"}

OIDC = env.outside_sign_in()
SOCIALACCOUNT_ADAPTER = "zhiyin.people.wiring.outside.Adapter"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [OIDC] if OIDC else []}}
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env.flag("BEHIND_PROXY") else 0
PASSWORD_RESET_TIMEOUT = 60 * 60 * 24

SESSION_ENGINE = "zhiyin.people.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = False
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("BEHIND_PROXY") else None
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "zhiyin.kit.views.csrf_failure"
METRICS_TOKEN = env.text("METRICS_TOKEN", "")
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English")]
FORMAT_MODULE_PATH = "zhiyin.config.formats"
LANGUAGE_COOKIE_NAME = "zy_language"
USE_I18N = True
LOCALE_PATHS = [PACKAGE / "libs" / "locale", PACKAGE / "cli" / "locale"]
TIME_ZONE = env.text("TIME_ZONE", "Asia/Shanghai")
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATICFILES_DIRS = [("guide", DOCS_DIR / "guide" / "images")]
STATIC_ROOT = None  # served from where they are found; nothing is collected
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {
        "BACKEND": "zhiyin.kit.files.storage.DurableStorage",
        "OPTIONS": {"location": DATA_DIR / "files"},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = DATA_DIR / "files"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
UPLOAD_MAX_BYTES = 20 * 1024 * 1024
UPLOAD_MAX_FILES = 10
DJANGO_VITE = {
    "default": {"manifest_path": PACKAGE / "kit/static/dist/manifest.json", "static_url_prefix": "dist"}
}

_mail = env.mail(env.text("EMAIL_URL", ""))
EMAIL_CONFIGURED = _mail["EMAIL_CONFIGURED"]
EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
EMAIL_HOST = _mail.get("EMAIL_HOST", "")
EMAIL_PORT = _mail.get("EMAIL_PORT", 25)
EMAIL_HOST_USER = _mail.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = _mail.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_SSL = _mail.get("EMAIL_USE_SSL", False)
EMAIL_USE_TLS = _mail.get("EMAIL_USE_TLS", False)
EMAIL_TIMEOUT = 20
IMAP = env.mailbox(env.text("IMAP_URL", ""))
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", "service@localhost")

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PGHISTORY_INSTALL_CONTEXT_FUNC_ON_MIGRATE = True

LOGGING_CONFIG = None
configure(level=env.text("LOG_LEVEL", "INFO"), pretty=DEBUG)
