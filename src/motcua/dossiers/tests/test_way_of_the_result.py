"""How the result comes is asked once: by the form where it asks, else by the portal."""

import json
import re
import shutil
from datetime import date, datetime
from pathlib import Path

import pytest

from motcua.dossiers.models import Dossier
from motcua.dossiers.operations.drafts import attach, begin_draft, save_answers
from motcua.dossiers.operations.filing import Wishes, file_draft
from motcua.dossiers.queries.dossiers import dossier as dossier_seen
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.rules.returning import ReturnBy
from motcua.dossiers.tests.conftest import HERE, MONDAY, SYSTEM, a_file, answers
from motcua.dossiers.tests.counter import Counter, check_shape, text_of
from motcua.dossiers.web.fetching import fetching_of
from motcua.packs.operations.publishing import publish_folder
from motcua.packs.queries.packs import pack

PACK = Path(__file__).parent / "packs" / "9.000001"
ASKS = """
          - id: delivery
            kind: choice
            label: {vi: "Cách nhận bản giấy", en: "How to get the paper"}
            options:
              - {value: counter, label: {vi: "Tại quầy", en: "At the desk"}}
              - {value: post, label: {vi: "Qua bưu chính", en: "By post"}}
          - id: delivery_address
            kind: address
            label: {vi: "Địa chỉ nhận kết quả", en: "Address for the result"}
            show: 'delivery = "post"'
"""
HOME = {"province": "01", "commune": "00004", "street": "5 Hàng Bạc"}
ASKED_HERE = 'name="return_by"'


@pytest.fixture
def counter(definition, tmp_path):
    """A counter whose procedure asks in its form how the paper comes."""
    folder = Path(shutil.copytree(PACK, tmp_path / "9.000001"))
    form = folder / "form.yaml"
    form.write_text(form.read_text().rstrip() + ASKS)
    for example in (folder / "examples").glob("*.json"):
        made = json.loads(example.read_text())
        example.write_text(
            json.dumps({**made, "answers": made["answers"] | {"delivery": "counter"}})
        )
    made = publish_folder(folder, by=SYSTEM, at=MONDAY)
    return Counter(pack(made.version)).open()


@pytest.fixture
def begun(counter):
    def begun(**given):
        lan = counter.actor("lan")
        draft = begin_draft("9.000001", by=lan, at=MONDAY)
        save_answers(draft, answers() | given, by=lan, at=MONDAY)
        attach(draft, "proof", a_file(lan), by=lan, at=MONDAY)
        return draft

    return begun


def filed(counter, draft, **wishes):
    lan = counter.actor("lan")
    code = file_draft(draft, by=lan, at=MONDAY, wishes=Wishes(**wishes)).code
    return Dossier.objects.get(code=code)


def test_what_the_form_asked_the_portal_does_not_ask_again(counter, begun):
    page = counter.client("lan").get(f"/khai/{begun(delivery='counter')}/kiem-tra/")
    check_shape(page)
    assert "Cách nhận bản giấy" in text_of(page)
    assert ASKED_HERE not in page.content.decode()
    assert ASKED_HERE in counter.client("lan").get(f"/khai/{begun()}/kiem-tra/").content.decode()


def test_a_paper_fetched_at_the_desk_waits_there(counter, begun):
    dossier = filed(counter, begun(delivery="counter"), return_by=ReturnBy.ONLINE)
    assert (dossier.return_by, dossier.return_to) == (ReturnBy.ON_THE_SPOT, None)


def test_a_paper_sent_by_post_goes_to_the_address_of_the_form(counter, begun):
    dossier = filed(counter, begun(delivery="post", delivery_address=HOME))
    assert dossier.return_by == ReturnBy.BY_POST
    assert dossier.return_to["name"] == counter.actor("lan").name
    assert dossier.return_to["address"].startswith("5 Hàng Bạc")


def test_where_the_form_does_not_ask_the_wish_counts(definition):
    counter = Counter(definition).open()
    lan = counter.actor("lan")
    draft = begin_draft("9.000001", by=lan, at=MONDAY)
    save_answers(draft, answers(), by=lan, at=MONDAY)
    attach(draft, "proof", a_file(lan), by=lan, at=MONDAY)
    assert filed(counter, draft, return_by=ReturnBy.ON_THE_SPOT).return_by == ReturnBy.ON_THE_SPOT


WHOLE_WAY = (Step.ACCEPT, Step.FORWARD, Step.PROPOSE, Step.APPROVE)


def test_who_fetches_a_result_reads_where_when_and_what_to_bring(counter, begun):
    dossier = filed(counter, begun(delivery="counter"))
    counter.walk(dossier.code, *WHOLE_WAY)
    page = counter.client("lan").get(f"/ho-so/{dossier.code}/")
    check_shape(page)
    told = text_of(page)
    assert "Mời bạn đến nhận kết quả" in told
    assert re.search(r"Mở cửa \S+ \S+ [\d/]+: \d\d:\d\d–\d\d:\d\d", told)
    assert "Mang theo giấy hẹn và giấy tờ tùy thân." in told


def test_who_is_sent_the_result_is_not_asked_to_come(counter, begun):
    dossier = filed(counter, begun(delivery="post", delivery_address=HOME))
    counter.walk(dossier.code, *WHOLE_WAY)
    page = counter.client("lan").get(f"/ho-so/{dossier.code}/")
    assert "Mời bạn đến nhận kết quả" not in text_of(page)


def test_a_desk_that_has_closed_for_the_week_is_open_on_monday(counter, begun):
    dossier = filed(counter, begun(delivery="counter"))
    seen = dossier_seen(dossier.code, by=counter.actor("lan"), at=MONDAY)
    friday = datetime(2026, 11, 6, 18, 0, tzinfo=HERE)
    assert fetching_of(seen, at=friday).day == date(2026, 11, 9)
    assert fetching_of(seen, at=friday.replace(hour=9)).day == date(2026, 11, 6)
