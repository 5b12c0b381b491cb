"""The activities: repeatable, typed when they fail, each notice one file."""

import sqlite3
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from temporalio.exceptions import ApplicationError

from activities.mail import stage
from activities.register import RegisterActivities
from domain.errors import Code
from register.models import Notice
from register.reads import queries
from register.writes.outbox import pending_notices
from tests.activities.conftest import Desk
from tests.register.office import alarm, assigned, first, notes


def letters(desk: Desk) -> list[EmailMessage]:
    files = sorted(desk.mail_drop.iterdir())
    assert all(file.suffix == ".eml" for file in files)
    messages = [message_from_bytes(file.read_bytes(), policy=default) for file in files]
    return [m for m in messages if isinstance(m, EmailMessage)]


def test_a_notice_is_laid_down_in_its_readers_language(desk: Desk) -> None:
    desk.record(first(), assigned(), alarm(3, "overdue_again", "supervisor", late=2))
    desk.activities.deliver_notices(desk.case_id)
    by_to = {message["To"]: message for message in letters(desk)}
    assert set(by_to) == {"李明 <li@example.gov.cn>", "孙立:;", "周宏:;"}

    chinese = by_to["孙立:;"]
    assert chinese["Subject"] == "【督办】依申〔2026〕1号 答复期限已逾期2个工作日"
    assert chinese.get_content().replace("\r\n", "\n") == (
        "孙立，您好：\n\n"
        "办件依申〔2026〕1号的答复期限已于2026年3月30日届满，已逾期2个工作日，仍未办结。\n"
        "依据：《政府信息公开条例》第三十三条。\n"
        "请督促承办单位立即办理。\n\n"
        "查看办件：yishen case 2026-0001\n"
        "本通知由依申自动发出。\n"
    )
    english = by_to["周宏:;"]
    assert "2 working days late" in english["Subject"]
    assert "2026-3-30" in english.get_content()


def test_letters_name_no_applicant_and_no_subject(desk: Desk) -> None:
    desk.record(first(), assigned())
    desk.activities.deliver_notices(desk.case_id)
    (file,) = desk.mail_drop.iterdir()
    content = file.read_text(encoding="utf-8")
    assert "张玥" not in content
    assert "预算" not in content
    assert "依申〔2026〕1号" in content


def test_letters_lead_to_their_case_at_the_desk_where_its_address_is_known(desk: Desk) -> None:
    address = "https://desk.example:8730/"
    desk.activities = RegisterActivities(desk.register, desk.mail_drop, desk=address)
    desk.record(first(), assigned())
    (file,) = desk.mail_drop.iterdir()
    content = file.read_text(encoding="utf-8")
    assert f"请打开：https://desk.example:8730/cases/{desk.case_id}\n" in content
    assert "yishen case" not in content


def test_delivering_twice_is_one_file_and_one_sent_notice(desk: Desk) -> None:
    desk.record(first(), assigned())
    desk.activities.deliver_notices(desk.case_id)
    desk.activities.deliver_notices(desk.case_id)
    with desk.register.reading() as session:
        (notice,) = queries.notices(session, case_id=desk.case_id)
    assert (notice.state, notice.attempts, notice.file_name) == ("sent", 1, f"{notice.id}.eml")
    assert [file.name for file in desk.mail_drop.iterdir()] == [f"{notice.id}.eml"]


def test_a_crash_between_file_and_mark_doubles_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise RuntimeError("power cut")

    with monkeypatch.context() as broken:
        broken.setattr("activities.register.mark_all_sent", crash)
        desk.record(first(), assigned())
        with pytest.raises(RuntimeError):
            desk.activities.deliver_notices(desk.case_id)
    assert list(desk.mail_drop.glob("*.eml")) == []  # nobody takes what may come again
    desk.activities.deliver_notices(desk.case_id)
    assert len(letters(desk)) == 1


def test_a_blocked_mail_drop_is_worth_another_try(desk: Desk) -> None:
    desk.mail_drop.write_text("not a folder")
    desk.record(first(), assigned())
    with pytest.raises(ApplicationError) as failed:
        desk.activities.deliver_notices(desk.case_id)
    assert (failed.value.type, failed.value.non_retryable) == (Code.NOTICE_NOT_SENT, False)
    with desk.register.reading() as session:
        assert queries.notices(session, case_id=desk.case_id)[0].state == "failed"
    desk.mail_drop.unlink()
    desk.activities.deliver_notices(desk.case_id)
    assert len(letters(desk)) == 1


def test_a_contradicted_record_never_heals_by_trying_again(desk: Desk) -> None:
    desk.record(first(), assigned())
    with pytest.raises(ApplicationError) as conflict:
        desk.record(first(), assigned(handler="zhao"))
    assert (conflict.value.type, conflict.value.non_retryable) == (Code.RECORD_CONFLICT, True)
    with pytest.raises(ApplicationError) as gap:
        desk.record(*notes(9, 1))
    assert (gap.value.type, gap.value.non_retryable) == (Code.RECORD_GAP, True)


def test_a_locked_register_is_worth_another_try(desk: Desk) -> None:
    other = sqlite3.connect(str(desk.register.engine.url.database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(ApplicationError) as failed:
        desk.record(first())
    assert (failed.value.type, failed.value.non_retryable) == (Code.REGISTER_NOT_WRITABLE, False)
    other.close()
    desk.record(first())


def test_a_reader_that_takes_letters_at_once_gets_each_once(desk: Desk) -> None:
    """Two attempts at the same notices, as after a time-out, and a reader that empties the drop."""
    desk.record(first(), assigned(), alarm(3), alarm(4, "overdue", "supervisor"))
    with desk.register.writing() as session:
        session.query(Notice).update({"state": "pending"})
    for file in desk.mail_drop.glob("*.eml"):
        file.unlink()
    with desk.register.reading() as session:
        waiting = pending_notices(session, desk.case_id)
    taken: Counter[str] = Counter()
    with ThreadPoolExecutor(2) as pool:
        attempts = [pool.submit(desk.activities.lay_down, waiting) for _ in range(2)]
        while not all(attempt.done() for attempt in attempts):
            taken.update(take(desk.mail_drop))
    taken.update(take(desk.mail_drop))
    desk.activities.lay_down(waiting)  # one more, long after
    taken.update(take(desk.mail_drop))
    assert taken == Counter(f"{notice.id}.eml" for notice in waiting)
    assert list(desk.mail_drop.iterdir()) == []


def take(folder: Path) -> list[str]:
    found = list(folder.glob("*.eml"))
    for file in found:
        file.unlink()
    return [file.name for file in found]


def test_what_a_killed_worker_marked_as_sent_is_shown_once(desk: Desk) -> None:
    desk.record(first(), assigned())
    (file,) = desk.mail_drop.glob("*.eml")
    content = file.read_bytes()
    file.unlink()
    stage(file, content)  # marked as sent, and killed before it was shown
    stage(desk.mail_drop / "2026-0009-0001-abc.eml", b"not marked")
    (desk.mail_drop / ".part-xyz").write_bytes(b"half")
    desk.activities.take_up()
    assert [found.name for found in desk.mail_drop.iterdir()] == [file.name]
    file.unlink()
    desk.activities.take_up()
    assert list(desk.mail_drop.iterdir()) == []
