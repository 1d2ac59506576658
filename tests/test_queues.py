"""What is known of a job by its name."""

from __future__ import annotations

from uuid import uuid4

import pytest
from ckan.plugins import toolkit as tk
from ckanext.orden import queues
from rq.job import JobStatus

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db")
QUEUE = "orden_test"


def job() -> None:
    """Nothing to do"""


def test_a_job_that_was_never_asked_for_has_no_status():
    assert queues.status(f"orden-test-{uuid4()}", QUEUE) == ""


def test_a_job_that_waits_is_known_by_its_name():
    name = f"orden-test-{uuid4()}"
    waiting = tk.enqueue_job(job, queue=QUEUE, rq_kwargs={"job_id": name})
    assert queues.status(name, QUEUE) == queues.WAITING
    waiting.set_status(JobStatus.STARTED)
    assert queues.status(name, QUEUE) == queues.STARTED
    waiting.delete()
    assert queues.status(name, QUEUE) == ""
