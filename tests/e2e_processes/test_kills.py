"""kill -9 of the real worker in mid-batch, with real broker, database and model: all done, once each, none charged."""

import pytest

from tests.e2e_processes.installation import wait_until
from tests.queue.pictures import photograph

pytestmark = pytest.mark.model


def assert_all_done_once(installation, count):
    assert installation.count("queue_work WHERE status = 'done'") == count
    assert installation.count("library_image WHERE state = 'suggested' AND spool_name = ''") == count
    assert installation.count("library_inference") == count
    assert installation.count("library_suggestion") == count
    assert installation.rows(
        "SELECT MAX(n) FROM (SELECT COUNT(*) AS n FROM library_suggestion GROUP BY image_id) AS t"
    ) == [(1,)]
    assert installation.count("library_suggestion WHERE text = ''") == 0
    spool = installation.data_dir / "spool"
    assert list(spool.iterdir()) == []


def test_two_hundred_images_survive_two_deaths_of_the_worker(install):
    installation = install()
    installation.start()
    installation.hand_over(photograph(seed) for seed in range(200))
    for done in (1, 100):
        wait_until(
            lambda done=done: installation.count("queue_work WHERE status = 'done'") >= done, f"{done} images are done"
        )
        installation.kill_worker()
    wait_until(lambda: not installation.unfinished(), "all images are done")
    assert_all_done_once(installation, 200)
    assert installation.count("queue_work WHERE attempts > 0") == 0
    assert installation.count("queue_work WHERE alone") >= 2
    assert installation.stop() == 0
    assert installation.processes() == []


@pytest.mark.service
def test_the_same_on_postgresql_and_redis(install, postgresql, redis):
    installation = install(DATABASE_URL=postgresql, CELERY_BROKER_URL=redis)
    installation.start()
    installation.hand_over(photograph(seed) for seed in range(40))
    installation.kill_worker()
    wait_until(lambda: not installation.unfinished(), "all images are done")
    assert_all_done_once(installation, 40)
    assert installation.count("queue_work WHERE attempts > 0") == 0
    assert installation.stop() == 0
    assert installation.processes() == []


def test_a_picture_that_kills_its_worker_fails_and_takes_no_other_with_it(install):
    installation = install()
    installation.start()
    installation.hand_over(photograph(seed) for seed in range(12))
    (poison,) = installation.rows("SELECT id FROM queue_work ORDER BY id LIMIT 1 OFFSET 3")[0]
    installation.kill_worker(f"id = {poison}")
    for charged in range(3):
        installation.kill_worker(f"id = {poison} AND batch_size = 1 AND attempts = {charged}")
    wait_until(lambda: not installation.unfinished(), "all rows have ended")
    assert installation.rows(
        "SELECT id, attempts, error_code FROM queue_work WHERE status <> 'done' OR attempts > 0"
    ) == [(poison, 3, "worker_died")]
    ((state, message),) = installation.rows(
        f"SELECT state, image.error_message FROM library_image AS image JOIN queue_work ON image_id = image.id "
        f"WHERE queue_work.id = {poison}"
    )
    assert state == "failed"
    assert "stopped 3 times" in message
    wait_until(installation.is_ready, "the service goes on")
    assert installation.stop() == 0
