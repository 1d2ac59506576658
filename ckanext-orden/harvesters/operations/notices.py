"""Telling people and programs how a run ended: by mail and by webhook, in a job of its own that no run waits for."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
from datetime import datetime, timedelta
from typing import Any

from ckan import model
from ckan.lib import mailer
from ckan.plugins import toolkit as tk
from redis.exceptions import RedisError

from ... import config
from ...clock import utcnow
from ...errors import SourceError
from ...fetching import post
from ..model import HarvestNotice, HarvestPlan, HarvestRun
from ..planning import plans
from . import details, notice_texts

log = logging.getLogger(__name__)

BAD = ("errors", "held", "failed")
REMIND = timedelta(days=7)


def ended(run: HarvestRun) -> None:
    """Have a worker tell who wants to know; nothing of it can touch the run."""
    plan = plans.of(run.source_id)
    if plan.notify == "never" or not (plan.mail or plan.webhook) or run.kind == "check":
        return
    try:
        tk.enqueue_job(send, [run.job_id], title="Tell how a harvest ended")
    except RedisError as error:
        log.warning("Nobody is told how job %s ended (%s)", run.job_id, error)


def send(job_id: str, now: datetime | None = None) -> str:
    """Tell how the job ended, if that is news; returns why it was told, or nothing."""
    run = model.Session.get(HarvestRun, job_id)
    if run is None:
        return ""
    moment, plan = now or utcnow(), plans.of(run.source_id)
    last = model.Session.get(HarvestNotice, run.source_id)
    why = news(plan.notify, run.state, last, moment)
    if why:
        model.Session.merge(HarvestNotice(source_id=run.source_id, state=run.state, sent=moment))
        model.Session.commit()
        _tell(plan, message(run, why, moment))
    return why


def news(notify: str, state: str, last: HarvestNotice | None, now: datetime) -> str:
    """Why somebody should hear of a run that ended so: a change for the worse or the better, or seven days of it."""
    if notify == "never":
        return ""
    bad, was_bad = state in BAD, last is not None and last.state in BAD
    if bad and (last is None or last.state != state):
        return "changed"
    if bad and last is not None and now - last.sent >= REMIND:
        return "reminder"
    if was_bad and state == "finished":
        return "recovered"
    return "always" if notify == "always" else ""


def message(run: HarvestRun, why: str, now: datetime) -> dict[str, Any]:
    """The news as a webhook has it, and of which the mail is made; it holds no configuration and no secret."""
    package = model.Package.get(run.source_id)
    name, title = (package.name, package.title or package.name) if package else (run.source_id, run.source_id)
    shown = details.shown(run, now)
    problems = [
        {"code": one.get("code", ""), "class": one["class"], "message": {lang: one[lang] for lang in ("ja", "en")}}
        for one in shown["problems"]
    ]
    return {
        "event": "harvest.run",
        "why": why,
        "sent": f"{now.isoformat(timespec='seconds')}Z",
        "source": {"id": run.source_id, "name": name, "title": title},
        **{key: shown[key] for key in ("job_id", "kind", "state", "started", "finished", "counts", "classes")},
        "problems": problems,
        "url": f"{config.site_url()}/harvest/{name}/job/{run.job_id}",
    }


def _tell(plan: HarvestPlan, told: dict[str, Any]) -> None:
    for address in filter(None, map(str.strip, plan.mail.split(","))):
        try:
            _mail(address, told)
        except mailer.MailerException as error:
            log.warning("The mail on job %s was not sent: %s", told["job_id"], error)
    if plan.webhook:
        try:
            call(plan.webhook, told)
        except SourceError as error:
            log.warning("The webhook on job %s was not called: %s", told["job_id"], error)


def _mail(address: str, told: dict[str, Any]) -> None:
    lang = "ja" if str(tk.config.get("ckan.locale_default", "en")).startswith("ja") else "en"
    site = tk.config.get("ckan.site_title") or config.site_url()
    mailer.mail_recipient(address, address, notice_texts.subject(told, site, lang), notice_texts.body(told, lang))


def call(url: str, told: dict[str, Any]) -> None:
    """POST the news as JSON, signed where there is a secret; raises SourceError."""
    body = json.dumps(told, ensure_ascii=False, sort_keys=True).encode()
    headers = {"Content-Type": "application/json", "X-Orden-Delivery": f"{told['job_id']}-{told['why']}"}
    if secret := config.harvest_webhook_secret():
        headers["X-Orden-Signature-256"] = f"sha256={hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}"
    post(url, body, headers=headers)
