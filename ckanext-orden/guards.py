"""Guards for two holes of CKAN 2.12.0; each steps aside when the installed CKAN no longer has the hole.

CVE-2026-41255: one request without a login cookie takes CSRF protection off its view for the whole process.
CVE-2026-41132: mail is sent over STARTTLS without checking the server's certificate.
"""

from __future__ import annotations

import inspect
import logging
import mimetypes
import smtplib
import ssl
from collections.abc import Callable, Iterable, Mapping
from email.message import EmailMessage
from email.utils import formataddr, formatdate
from typing import IO, Any
from urllib.parse import urlsplit

from ckan.config.middleware import flask_app
from ckan.lib import mailer
from ckan.plugins import toolkit as tk
from flask import Flask, g, has_request_context
from flask_wtf.csrf import CSRFProtect

log = logging.getLogger(__name__)

Attachment = tuple[str, IO[bytes]] | tuple[str, IO[bytes], str]


def _says(function: Callable[..., Any], text: str) -> bool:
    return text in inspect.getsource(function)


def csrf_needs_guard() -> bool:
    """Whether CKAN still exempts views while it answers a request."""
    return _says(flask_app.ckan_before_request, "csrf.exempt(")


def mail_needs_guard() -> bool:
    """Whether CKAN still calls STARTTLS without a context that checks certificates."""
    return _says(mailer._mail_recipient, "starttls()")


class RequestBoundCsrf(CSRFProtect):
    """CSRF protection whose exemptions end with the request that made them."""

    def exempt(self, view: Any) -> Any:
        if not has_request_context():
            return super().exempt(view)
        g.orden_csrf_exempt = True
        return view

    def protect(self, apply_exemptions: bool = False) -> None:
        if not (apply_exemptions and g.get("orden_csrf_exempt")):
            super().protect(apply_exemptions=apply_exemptions)


def guard_csrf(app: Flask) -> Flask:
    """Bind the application's CSRF exemptions to their requests."""
    if csrf_needs_guard():
        # CKAN keeps the object in a module, so it cannot be replaced, only given its better class
        app.extensions["csrf"].__class__ = RequestBoundCsrf
    return app


def keep_remember_cookie_home(config: Any) -> None:
    """`SameSite=None`, which CKAN's generated ini holds, would send the remember cookie with forged requests."""
    if config.get("REMEMBER_COOKIE_SAMESITE") in (None, "", "None"):
        config["REMEMBER_COOKIE_SAMESITE"] = "Lax"


def keep_avatars_home(config: Any) -> None:
    """CKAN's default, `identicon`, sends every reader of a user's page to gravatar.com; another kind is a choice."""
    if config.get("ckan.gravatar_default") in (None, "", "identicon"):
        config["ckan.gravatar_default"] = "disabled"


def send_mail(
    recipient: tuple[str, str],
    subject: str,
    body: str,
    body_html: str | None = None,
    headers: Mapping[str, Any] | None = None,
    attachments: Iterable[Attachment] | None = None,
) -> bool:
    """Send by STARTTLS with a checked certificate; False where that is not ours to do and CKAN shall send.

    `recipient` is (name, address). Raises `MailerException` as CKAN does.
    """
    if not (tk.config.get("smtp.server") and tk.config.get("smtp.starttls") and mail_needs_guard()):
        return False
    message = _message(recipient, subject, body, headers or {})
    if body_html:
        message.add_alternative(body_html, subtype="html", cte="base64")
    for attachment in attachments or ():
        _attach(message, attachment)
    try:
        _deliver(message, recipient[1])
    except (OSError, smtplib.SMTPException) as error:
        log.error("Mail could not be sent: %r", error)
        raise mailer.MailerException(f"Mail could not be sent: {error!r}") from error
    return True


def _message(recipient: tuple[str, str], subject: str, body: str, headers: Mapping[str, Any]) -> EmailMessage:
    message = EmailMessage()
    message.set_content(body, cte="base64")
    message["Subject"] = subject
    message["From"] = formataddr((tk.config["ckan.site_title"], tk.config["smtp.mail_from"] or ""))
    message["To"] = formataddr(recipient)
    message["Date"] = formatdate()
    if reply_to := tk.config.get("smtp.reply_to"):
        message["Reply-To"] = reply_to
    for name, value in headers.items():
        del message[name]
        message[name] = value
    return message


def _attach(message: EmailMessage, attachment: Attachment) -> None:
    name, file, *declared = attachment
    media_type = declared[0] if declared else mimetypes.guess_type(name)[0]
    main, _, sub = (media_type or "application/octet-stream").partition("/")
    message.add_attachment(file.read(), filename=name, maintype=main, subtype=sub)


def _deliver(message: EmailMessage, address: str) -> None:
    server = urlsplit(f"//{tk.config['smtp.server']}")
    with smtplib.SMTP(server.hostname or "", server.port or 0, timeout=30) as connection:
        connection.starttls(context=ssl.create_default_context())
        if user := tk.config.get("smtp.user"):
            connection.login(user, tk.config.get("smtp.password") or "")
        connection.send_message(message, tk.config["smtp.mail_from"], [address])
