"""The guards close two holes of CKAN 2.12.0; beside each stands the proof that the hole is there without them."""

from __future__ import annotations

import io
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP
from ckan.config.middleware import flask_app, make_app
from ckan.lib import mailer
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp, call_action
from ckanext.orden import guards
from flask_wtf.csrf import CSRFProtect

FORM = "/group/new"
PASSWORD = "correct-horse-battery"


def signed_in_client() -> tuple[CKANTestApp, Any]:
    """A browser with a session cookie and no CSRF token, on an application that nobody has asked anything yet."""
    user = factories.Sysadmin(password=PASSWORD)
    app = CKANTestApp(make_app(tk.config))
    client = app.test_client()
    with app.flask_app.test_request_context():
        login = tk.url_for("user.login")
    token = (
        client.get(login, headers={"Host": "test.ckan.net"}).text.split('name="_csrf_token" value="')[1].split('"')[0]
    )
    client.post(login, data={"login": user["name"], "password": PASSWORD, "_csrf_token": token})
    return app, client


def forged_post_after_anonymous_get() -> int:
    app, client = signed_in_client()
    app.test_client().get(FORM)
    return client.post(FORM, data={"name": "forged", "title": "forged"}).status_code


@pytest.fixture()
def csrf() -> Iterator[CSRFProtect]:
    """CKAN's one CSRF object, as it was before the test."""
    before = set(flask_app.csrf._exempt_views)
    yield flask_app.csrf
    flask_app.csrf.__class__ = CSRFProtect
    flask_app.csrf._exempt_views = before


@pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index", "csrf")
class TestCsrf:
    def test_anonymous_get_leaves_the_form_protected(self):
        assert forged_post_after_anonymous_get() == 400
        assert "forged" not in call_action("group_list")

    def test_without_the_guard_ckan_has_the_hole(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(guards, "csrf_needs_guard", lambda: False)
        assert forged_post_after_anonymous_get() == 200
        assert "forged" in call_action("group_list")

    def test_api_token_needs_no_csrf_token(self, app: CKANTestApp, auth: dict[str, str]):
        answer = app.post("/api/3/action/group_create", json={"name": "by-script"}, headers=auth)
        assert answer.status_code == 200

    def test_exemption_declared_at_start_stays(self, csrf: CSRFProtect):
        csrf.__class__ = guards.RequestBoundCsrf
        csrf.exempt("some.view")
        assert "some.view" in csrf._exempt_views


def test_a_fixed_ckan_is_left_alone(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(guards, "_says", lambda function, text: False)
    assert not guards.csrf_needs_guard()
    assert not guards.mail_needs_guard()


@pytest.mark.parametrize(("written", "used"), [("None", "Lax"), ("", "Lax"), (None, "Lax"), ("Strict", "Strict")])
def test_remember_cookie_is_never_sent_across_sites(written: str | None, used: str):
    config = {"REMEMBER_COOKIE_SAMESITE": written}
    guards.keep_remember_cookie_home(config)
    assert config["REMEMBER_COOKIE_SAMESITE"] == used


@pytest.mark.parametrize(("written", "used"), [(None, "disabled"), ("identicon", "disabled"), ("retro", "retro")])
def test_no_reader_is_sent_to_another_site_for_avatars_unasked(written: str | None, used: str):
    config: dict[str, Any] = {"ckan.gravatar_default": written}
    guards.keep_avatars_home(config)
    assert config["ckan.gravatar_default"] == used


@dataclass
class MailBox:
    server: str = ""
    authority: trustme.CA = field(default_factory=trustme.CA)
    received: list[bytes] = field(default_factory=list)

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        self.received.append(envelope.content)
        return "250 OK"


@pytest.fixture()
def mailbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[MailBox]:
    """A mail server on 127.0.0.1 whose certificate comes from an authority of the test's own."""
    box = MailBox()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    box.authority.issue_cert("127.0.0.1").configure_cert(context)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port, tls_context=context, require_starttls=True)
    controller.start()
    for key, value in {
        "smtp.server": f"127.0.0.1:{port}",
        "smtp.starttls": True,
        "smtp.mail_from": "odpo@example.jp",
    }.items():
        monkeypatch.setitem(tk.config, key, value)
    yield box
    controller.stop()


def mail() -> None:
    mailer.mail_recipient(
        "豊中市", "clerk@example.jp", "収集の結果", "本文", attachments=[("errors.csv", io.BytesIO(b"a,b"))]
    )


@pytest.mark.usefixtures("with_plugins")
class TestMail:
    def test_unknown_certificate_is_refused(self, mailbox: MailBox):
        with pytest.raises(mailer.MailerException, match="CERTIFICATE_VERIFY_FAILED"):
            mail()
        assert mailbox.received == []

    def test_without_the_guard_ckan_has_the_hole(self, mailbox: MailBox, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(guards, "mail_needs_guard", lambda: False)
        mail()
        assert len(mailbox.received) == 1

    def test_known_certificate_is_used_once(self, mailbox: MailBox, monkeypatch: pytest.MonkeyPatch):
        def trusting() -> ssl.SSLContext:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            mailbox.authority.configure_trust(context)
            return context

        monkeypatch.setattr(ssl, "create_default_context", trusting)
        mail()
        assert len(mailbox.received) == 1
        assert b"errors.csv" in mailbox.received[0]
