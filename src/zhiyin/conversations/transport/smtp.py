"""E-mail by SMTP.

RFC 5322 (message), RFC 5321 (reply codes), RFC 3834 (automatic responses), RFC 6532 (UTF-8 headers).
"""

from __future__ import annotations

import contextlib
import re
import smtplib
import ssl
import uuid
from collections.abc import Iterator, Sequence
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from zhiyin.conversations.rules import SUBJECT_LENGTH, Trouble, one_line
from zhiyin.conversations.transport import Attached, Refused, Unavailable
from zhiyin.customers.rules import ContactKind
from zhiyin.people import queries as people

PERMANENT = 500
MOST_REFERENCES = 12
_MESSAGE_ID = re.compile(r"<[!-;=?-~]+@[!-;=?-~]+>")


class SmtpTransport:
    """Speaks to the one server of EMAIL_URL."""

    name = "smtp"
    contact = ContactKind.EMAIL

    def is_ready(self) -> bool:
        return bool(settings.EMAIL_CONFIGURED)

    def new_envelope_id(self) -> str:
        return f"<{uuid.uuid4().hex}@{own_host()}>"

    def send(
        self,
        *,
        envelope_id: str,
        address: str,
        subject: str,
        text: str,
        attachments: Sequence[Attached],
        thread: Sequence[str] = (),
        automatic: bool = False,
    ) -> None:
        if not self.is_ready():
            raise Unavailable(Trouble.UNCONFIGURED)
        letter = compose(
            envelope_id=envelope_id,
            address=address,
            subject=subject,
            text=text,
            attachments=attachments,
            thread=thread,
            automatic=automatic,
        )
        with _said_by_the_server(), _server() as server:
            try:
                server.send_message(letter)
            except smtplib.SMTPNotSupportedError as error:
                raise Refused(Trouble.REFUSED, one_line(str(error), 300)) from error


def own_host() -> str:
    """The right-hand side of our Message-IDs: the sender's domain, else the host of PUBLIC_URL."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    host = domain if "." in domain else urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    return host.encode("idna").decode() if not host.isascii() else host


def compose(
    *,
    envelope_id: str,
    address: str,
    subject: str,
    text: str,
    attachments: Sequence[Attached],
    thread: Sequence[str],
    automatic: bool,
) -> EmailMessage:
    """The letter. Every header is one line whatever was typed; an address that is none raises Refused."""
    letter = EmailMessage(policy=SMTP)
    letter["From"] = _sender()
    letter["To"] = _address(address)
    letter["Subject"] = one_line(subject, SUBJECT_LENGTH * 2)
    letter["Date"] = format_datetime(timezone.now())
    letter["Message-ID"] = envelope_id
    known = [name for name in thread if _is_message_id(name)][-MOST_REFERENCES:]
    if known:
        letter["In-Reply-To"] = known[-1]
        letter["References"] = " ".join(known)
    if automatic:
        letter["Auto-Submitted"] = "auto-generated"
        letter["X-Auto-Response-Suppress"] = "All"
    letter.set_content(text, charset="utf-8", cte="base64")
    for attached in attachments:
        _attach(letter, attached)
    return letter


def _attach(letter: EmailMessage, attached: Attached) -> None:
    body = attached.read()
    main, _, sub = attached.content_type.partition("/")
    if not sub or main in {"message", "multipart"}:
        main, sub = "application", "octet-stream"
    letter.add_attachment(
        body,
        maintype=main,
        subtype=sub,
        filename=one_line(attached.name, 200),
        params={"charset": "utf-8"} if main == "text" and _is_utf8(body) else None,
    )


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def _is_message_id(name: str) -> bool:
    return bool(_MESSAGE_ID.fullmatch(name))


def _address(address: str) -> Address:
    try:
        return Address(addr_spec=address)
    except (MessageError, ValueError, IndexError, AttributeError) as error:
        raise Refused(Trouble.REFUSED, "not an address") from error


def _sender() -> Address:
    house = people.organisation()
    name, default = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return Address(one_line(house.name or name, 120), addr_spec=house.email or default)


@contextlib.contextmanager
def _server() -> Iterator[smtplib.SMTP]:
    context = ssl.create_default_context()
    if settings.EMAIL_USE_SSL:
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=settings.EMAIL_TIMEOUT, context=context
        )
    else:
        server = smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=settings.EMAIL_TIMEOUT)
    try:
        if settings.EMAIL_USE_TLS:
            server.starttls(context=context)
        if settings.EMAIL_HOST_USER:
            server.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
        yield server
    finally:
        # What the server says to our goodbye changes nothing about a letter it has taken.
        with contextlib.suppress(smtplib.SMTPException, OSError):
            server.quit()
        server.close()


@contextlib.contextmanager
def _said_by_the_server() -> Iterator[None]:
    """SMTP's many ways of saying no, as ours. What is wrong on our side (sign-in) never loses a letter."""
    try:
        yield
    except smtplib.SMTPRecipientsRefused as error:
        code, words = next(iter(error.recipients.values()), (PERMANENT, b""))
        raise _refusal(code, words) from error
    except smtplib.SMTPAuthenticationError as error:
        raise Unavailable(Trouble.SIGN_IN, _words(error.smtp_code, error.smtp_error)) from error
    except (smtplib.SMTPConnectError, smtplib.SMTPHeloError) as error:
        raise Unavailable(Trouble.UNREACHABLE, _words(error.smtp_code, error.smtp_error)) from error
    except smtplib.SMTPResponseException as error:
        raise _refusal(error.smtp_code, error.smtp_error) from error
    except smtplib.SMTPNotSupportedError as error:
        raise Unavailable(Trouble.UNREACHABLE, str(error)) from error
    except (smtplib.SMTPException, OSError) as error:
        raise Unavailable(Trouble.UNREACHABLE, one_line(f"{type(error).__name__}: {error}", 300)) from error


def _refusal(code: int, words: bytes | str) -> Refused | Unavailable:
    if code >= PERMANENT:
        return Refused(Trouble.REFUSED, _words(code, words))
    return Unavailable(Trouble.BUSY, _words(code, words))


def _words(code: int, words: bytes | str) -> str:
    said = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return one_line(f"{code} {said}", 300)
