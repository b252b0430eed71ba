"""Letters to try with, as they come over the wire."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP


def letter(
    text="家里停水了",
    *,
    sender="周慧敏 <zhou@example.com>",
    subject="停水",
    message_id="<one@customer.example>",
    html="",
    files=(),
    **headers,
):
    """An ordinary letter; headers as keywords (`in_reply_to=…`), files as (name, type, bytes)."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = sender, "service@heyuan.example", subject
    if message_id:
        message["Message-ID"] = message_id
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    if text:
        message.set_content(text)
    if html:
        (message.add_alternative if text else message.set_content)(html, subtype="html")
    for name, kind, body in files:
        main, _, sub = kind.partition("/")
        message.add_attachment(body, maintype=main, subtype=sub, filename=name)
    return message.as_bytes()


def raw(*lines, body=b""):
    """A letter written by hand: header lines and the body's bytes."""
    return (
        b"\r\n".join(line.encode() if isinstance(line, str) else line for line in lines) + b"\r\n\r\n" + body
    )


def bounce(envelope_id, *, action="failed", status="5.1.1"):
    """What a mail server writes back about a letter of ours (RFC 3464)."""
    return raw(
        "Return-Path: <>",
        "From: MAILER-DAEMON@mx.customer.example",
        "To: service@heyuan.example",
        "Subject: Undelivered Mail Returned to Sender",
        "Message-ID: <report@mx.customer.example>",
        "Auto-Submitted: auto-replied",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="=="',
        body=(
            "--==\r\nContent-Type: text/plain\r\n\r\nYour message could not be delivered.\r\n"
            "--==\r\nContent-Type: message/delivery-status\r\n\r\n"
            "Reporting-MTA: dns; mx.customer.example\r\n\r\n"
            "Final-Recipient: rfc822; zhou@example.com\r\n"
            f"Action: {action}\r\nStatus: {status}\r\n"
            "Diagnostic-Code: smtp; 550 5.1.1 user unknown\r\n"
            "--==\r\nContent-Type: text/rfc822-headers\r\n\r\n"
            f"Message-ID: {envelope_id}\r\nSubject: =?utf-8?b?5YGc5rC0?=\r\n--==--\r\n"
        ).encode(),
    )
