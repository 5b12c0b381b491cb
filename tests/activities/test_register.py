"""The activities: repeatable, typed when they fail, each notice one file."""

import sqlite3
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from temporalio.exceptions import ApplicationError

from domain.errors import Code
from register import queries
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
    assert len(letters(desk)) == 1
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
