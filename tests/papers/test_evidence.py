"""The evidence sheet: what it says, in both languages, with every glyph."""

import io
import json
import subprocess
from datetime import date
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest
from pypdf import PdfReader

from domain.calendar.closures import Closure
from domain.case import facts as f
from domain.case.answers.proof import prove
from domain.case.people import Role
from domain.case.revising import revise
from domain.errors import Code, Unreachable
from domain.statute import Channel
from office.answers.papers import readings_of
from papers.evidence import ATTACHED, evidence_sheet
from papers.page import evidence_page
from papers.pdf import pdf
from papers.sheet import EvidenceSheet
from papers.words import Words
from tests.domain.case.desk import Desk, noon
from tests.domain.case.remedies import contested, reconsidered, refused
from tests.domain.case.test_proof import long_way
from tests.domain.case.test_readings import confirmed
from tests.paper_fixture import RARE

ORGAN = f"清河县{RARE}局（虚构）"


def sheet(
    desk: Desk, limit: str = "reply", ref: str | None = None, unchecked: tuple[str, ...] = ()
) -> EvidenceSheet:
    proof = prove(desk.start, desk.events, limit, ref)
    return evidence_sheet(
        proof,
        organ=ORGAN,
        number="依申〔2024〕1号",
        record_sha256="ab" * 32,
        issued_on=date(2024, 11, 20),
        unchecked=unchecked,
        readings=readings_of(proof),
    )


def words_of(page: str) -> str:
    """The text a reader sees, spaces made even."""
    found: list[str] = []

    class Reader(HTMLParser):
        hidden = False

        def handle_starttag(self, tag: str, attrs: object) -> None:
            self.hidden = tag == "style"

        def handle_data(self, data: str) -> None:
            if not self.hidden:
                found.append(data)

    Reader().feed(page)
    return " ".join(" ".join(found).split())


def test_the_chinese_sheet_says_what_a_court_asks() -> None:
    text = words_of(evidence_page(sheet(long_way()), "zh"))
    for said in (
        ORGAN,
        "依申〔2024〕1号",
        "2024年11月27日（周三）",
        "2024年11月27日24时届满（UTC+08:00）",
        "中华人民共和国政府信息公开条例（2019年修订）（国务院令第711号）",
        "20个工作日（第三十三条第二款）",
        "2024年9月2日，邮寄（挂号、特快专递等需签收）（第三十一条第（二）项）",
        "2024年9月10日：收到补正，期限重新起算，当日不计入",
        "征求第三方意见（t1、a2），不计入",
        "其中 10月12日 调休上班",
        "2024年10月16日 延期告知申请人（第12条）",
        "扣除时间的起止：发出次日至答复当日",
        "4次设定及现状全部与记录一致",
    ):
        assert said in text, said
    assert "2024年09" not in text


def test_the_english_sheet_says_the_same() -> None:
    text = words_of(evidence_page(sheet(long_way()), "en"))
    for said in (
        "Wednesday, 27 November 2024",
        "20 working days (art 33(2))",
        "third party consulted (t1, a2), not counted",
        "12 October worked in exchange",
        "all 4 settings",
    ):
        assert said in text, said


def test_what_nobody_checked_is_said_and_only_then_part_of_the_content() -> None:
    found = sheet(long_way(), unchecked=("receipt", "cn-litigation/sue"))
    said = "未与公开文本核对：收到申请之日、cn-litigation/sue"
    assert said in words_of(evidence_page(found, "zh"))
    english = "Not checked against a public text: receipt day, cn-litigation/sue"
    assert english in words_of(evidence_page(found, "en"))
    plain = sheet(long_way())
    assert "未与公开文本核对" not in words_of(evidence_page(plain, "zh"))
    # A content issued before there was the field keeps its hash.
    assert b"unchecked" not in plain.canonical()
    assert EvidenceSheet.model_validate_json(plain.canonical()).sha256 == plain.sha256


def test_no_party_and_no_reason_is_on_the_sheet() -> None:
    text = evidence_page(sheet(long_way()), "zh")
    content = sheet(long_way()).canonical().decode()
    for private in ("某公司", "数量较多", "请写明年份"):
        assert private not in text
        assert private not in content


def standings() -> list[tuple[Desk, str, str | None]]:
    """A case and a limit for everything a sheet may have to say."""
    start = date(2024, 9, 9)
    paused = Desk.open(start).assign().until(date(2024, 9, 13)).consult()
    awaiting = Desk.open(start).assign().until(date(2024, 9, 12)).notice()
    online = Desk.open(start, Channel.WEB_FORM)
    withdrawn = Desk.open(start).do(Role.INTAKE, f.Withdrawn())
    late = Desk.open(start).ready().until(date(2024, 10, 16)).dispatch()
    lapsed = Desk.open(start).assign().notice(date(2024, 9, 20)).until(date(2024, 9, 25))
    open_year = Desk.open(date(2026, 12, 7))
    return [
        (paused, "reply", None),
        (paused, "third_party_answer", "t1"),
        (awaiting, "reply", None),
        (awaiting, "correction", None),
        (awaiting, "correction_notice", None),
        (online, "receipt_confirmation", None),
        (withdrawn, "reply", None),
        (late, "reply", None),
        (lapsed, "reply", None),
        (open_year, "reply", None),
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_standing_of_a_limit_has_its_sheet(lang: str) -> None:
    texts = [words_of(evidence_page(sheet(*case), lang)) for case in standings()]
    assert all("evidence." not in text and "None" not in text for text in texts)
    if lang == "zh":
        assert "暂停计时 尚余16个工作日；如于2024年9月13日得到意见" in texts[0]
        assert "目前不计时" in texts[2]
        assert "逾期3个工作日" in texts[7]
        assert "日期为暂定" in texts[9]


@pytest.mark.parametrize(
    ("limit", "ref", "why", "closed"),
    [
        ("reply", None, "答复期限，逐日计入", True),
        ("reconsideration_answer", "r1", "复议答复期限，逐日计入", False),
    ],
)
def test_a_closure_of_the_organ_is_on_no_sheet_of_a_limit_it_does_not_move(
    limit: str, ref: str | None, why: str, closed: bool
) -> None:
    """A court reads of nothing that has no part in its count."""
    desk = Desk.open(date(2024, 9, 9), case_law=contested()).assign()
    if ref is not None:
        desk = reconsidered(refused(date(2024, 9, 9), date(2024, 9, 9)))
    closure = Closure(
        name="move", version="move@1", organ=desk.state.organ, off=(date(2024, 9, 11),),
        notice="搬迁公告（虚构）", issued=date(2024, 9, 9),
    )  # fmt: skip
    fact = f.LawRevised(closures=(closure,), edition=1, version="move@1")
    done = revise(desk.state, fact, "c", noon(desk.day))
    desk.events += done.events
    text = words_of(evidence_page(sheet(desk, limit, ref), "zh"))
    assert ("局部停办 move@1" in text) is closed
    assert why in text


def test_a_difference_is_said_and_not_hidden() -> None:
    desk = Desk.open(date(2024, 9, 9))
    right = sheet(desk)
    check = right.settings[0].check.model_copy(update={"same": False, "due": date(2024, 10, 14)})
    setting = right.settings[0].model_copy(update={"check": check})
    text = words_of(evidence_page(right.model_copy(update={"settings": (setting,)}), "zh"))
    assert "不一致，重新计算为2024年10月14日" in text
    assert "全部与记录一致" not in text


def test_what_a_name_holds_is_text_and_never_markup() -> None:
    odd = sheet(long_way()).model_copy(update={"organ": "<b>A & B</b>"})
    assert "&lt;b&gt;A &amp; B&lt;/b&gt;" in evidence_page(odd, "zh")


def test_the_hash_names_the_content_that_is_attached(paper: None) -> None:
    made = sheet(long_way())
    reader = PdfReader(io.BytesIO(pdf(evidence_page(made, "zh"), {ATTACHED: made.canonical()})))
    ((name, (content,)),) = reader.attachments.items()
    assert name == "evidence.json"
    assert sha256(content).hexdigest() == made.sha256
    assert EvidenceSheet.model_validate_json(content) == made
    assert json.loads(content)["number"] == "依申〔2024〕1号"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_on_paper_every_glyph_is_there_and_every_font_embedded(
    paper: None, tmp_path: Path, lang: str
) -> None:
    made = sheet(long_way())
    page = evidence_page(made, lang)
    file = tmp_path / "sheet.pdf"
    file.write_bytes(pdf(page))
    fonts = subprocess.run(["pdffonts", file], capture_output=True, text=True, check=True)
    rows = fonts.stdout.splitlines()[2:]
    assert rows
    assert all("Noto-Serif-CJK" in row and " yes yes yes " in row for row in rows)
    read = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True)
    printed = {character for character in read.stdout if not character.isspace()}
    wanted = {character for character in words_of(page) if not character.isspace()}
    hidden = set(Words(lang).say("foot.download")) | set(Words(lang).say("title"))
    assert wanted - printed <= hidden
    assert set(RARE) <= printed
    reader = PdfReader(file)
    assert len(reader.pages) <= 2
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [595, 842]


def test_a_glyph_that_no_font_has_is_refused(paper: None) -> None:
    with pytest.raises(Unreachable) as refused:
        pdf("<p>\U0001fadd\U000e0fff\U0010fffd")
    assert refused.value.code is Code.GLYPHS_MISSING


def test_without_its_libraries_the_error_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(Unreachable) as refused:
        pdf("<p>x")
    assert refused.value.code is Code.PDF_UNAVAILABLE
    assert "fonts-noto-cjk" in refused.value.params["packages"]


def test_a_sheet_names_every_reading_and_marks_the_spans_it_decided() -> None:
    made = sheet(confirmed())
    page = words_of(evidence_page(made, "zh"))
    assert "不同适用理解下的届满日" in page
    safe, own = (
        "2026年11月27日 ⓐ 电子申请的收到申请之日 系统提示提交成功之日 最高人民法院指导性案例26号",
        "2026年12月3日 ⓐ 电子申请的收到申请之日 双方确认之日（依法规）（本机关采用）",
    )
    assert page.index(safe) < page.index(own)
    assert "ⓐ 电子申请的收到申请之日：双方确认之日（依法规）" in page
    marked = [line.first for line in made.standing.lines if line.settings]
    assert marked == [date(2026, 11, 6), date(2026, 11, 30)]
    assert page.count("第三十三条第二款ⓐ") == 2


def test_a_content_of_the_first_form_keeps_its_hash() -> None:
    """Papers that were issued carry it; what was added since stands in no such content."""
    before = sheet(Desk.open(date(2024, 9, 9))).model_copy(update={"form": 1})
    assert {"readings", "settings"} & before.model_dump().keys() == {"settings"}
    assert all("settings" not in line for line in before.model_dump()["standing"]["lines"])
    assert EvidenceSheet.model_validate_json(before.canonical()).sha256 == before.sha256
