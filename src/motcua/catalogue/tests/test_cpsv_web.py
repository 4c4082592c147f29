"""The export by its addresses, by the command, and what search engines read on a page."""

import json
import re
from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from motcua.catalogue.operations.demo import load_demo_catalogue
from motcua.catalogue.operations.importing import import_procedures
from motcua.catalogue.rules.sources import records_in
from motcua.catalogue.tests.records import portal_record, stream
from motcua.kernel.actors import Actor

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)
BY = Actor.system("test")
ALL = {"/api/v1/catalogue.ttl": "text/turtle", "/api/v1/catalogue.jsonld": "application/ld+json"}


@pytest.fixture(autouse=True)
def _catalogue(publish_shipped):
    load_demo_catalogue(by=BY, at=NOON)
    publish_shipped(by=BY, at=NOON)


def body(answer):
    return b"".join(answer).decode()


def told_to_search_engines(client, code):
    html = client.get(f"/thu-tuc/{code}/").content.decode()
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return json.loads(text)


@pytest.mark.parametrize(
    ("ending", "kind"), [("ttl", "text/turtle"), ("jsonld", "application/ld+json")]
)
def test_a_procedure_is_read_as_data_at_its_own_address(client, ending, kind):
    answer = client.get(f"/thu-tuc/1.001193.{ending}")
    assert answer.status_code == 200
    assert answer["Content-Type"] == f"{kind}; charset=utf-8"
    assert f"{settings.BASE_URL}/thu-tuc/1.001193/#service" in body(answer)
    assert client.get(f"/thu-tuc/0.000000.{ending}").status_code == 404


@pytest.mark.parametrize(
    ("accept", "to"),
    [
        ("text/turtle", "/thu-tuc/1.001193.ttl"),
        ("application/ld+json;q=1, text/html;q=0.5", "/thu-tuc/1.001193.jsonld"),
    ],
)
def test_a_machine_that_asks_the_page_for_data_is_led_to_it_even_after_a_person(client, accept, to):
    page = client.get("/thu-tuc/1.001193/", headers={"Accept": "text/html,*/*"})
    assert page.status_code == 200
    assert "Accept" in page["Vary"].split(", ")
    answer = client.get("/thu-tuc/1.001193/", headers={"Accept": accept})
    assert (answer.status_code, answer["Location"]) == (303, to)
    again = client.get("/thu-tuc/1.001193/", headers={"Accept": "text/html,*/*"})
    assert again.status_code == 200


@pytest.mark.parametrize(("path", "kind"), ALL.items())
def test_the_whole_catalogue_is_sent_once_and_then_known(client, path, kind):
    answer = client.get(path)
    text = body(answer)
    assert answer.streaming
    assert answer["Content-Type"] == f"{kind}; charset=utf-8"
    assert "/thu-tuc/1.001193/#service" in text
    assert client.get(path, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    import_procedures(
        records_in(stream(portal_record(code="9.000004"))), source="s", by=BY, at=NOON
    )
    later = client.get(path, headers={"If-None-Match": answer["ETag"]})
    assert later.status_code == 200
    assert "9.000004" in body(later)


def test_nobody_takes_the_whole_catalogue_without_end(client):
    path = "/api/v1/catalogue.ttl"
    answers = [client.get(path).status_code for _ in range(21)]
    assert answers == [200] * 20 + [429]


def test_the_command_writes_what_the_address_sends(client, tmp_path, capsys):
    file = tmp_path / "catalogue.ttl"
    call_command("catalogue_export", "--out", str(file))
    assert file.read_text(encoding="utf-8") == body(client.get("/api/v1/catalogue.ttl"))
    capsys.readouterr()
    call_command("catalogue_export", "--format", "jsonld")
    assert json.loads(capsys.readouterr().out)["@graph"]
    with pytest.raises(CommandError):
        call_command("catalogue_export", "--out", str(tmp_path))


def test_search_engines_read_a_government_service(client):
    told = told_to_search_engines(client, "1.001193")
    assert told["@type"] == "GovernmentService"
    assert told["url"] == f"{settings.BASE_URL}/thu-tuc/1.001193/"
    assert told["offers"][0]["price"] == "8000"
    assert told["offers"][0]["priceCurrency"] == "VND"
    assert told["mainEntityOfPage"]["inLanguage"] == "vi"
    assert {"provider", "areaServed", "audience", "availableChannel", "description"} <= set(told)
    client.cookies["motcua_language"] = "en"
    assert told_to_search_engines(client, "1.001193")["name"] == "Birth registration"


def test_a_hostile_title_stays_inside_its_element_and_the_policy_stays_strict(client):
    title = '</script><script>alert(1)</script><!--<script> "\\ \u202e &amp; ]]>'
    record = json.dumps(portal_record(ten_thu_tuc=title, code="9.000003"))
    import_procedures(records_in(BytesIO(record.encode())), source="s", by=BY, at=NOON)
    answer = client.get("/thu-tuc/9.000003/")
    html = answer.content.decode()
    assert "<script>alert" not in html
    assert "<!--<script>" not in html
    name = told_to_search_engines(client, "9.000003")["name"]
    assert name.startswith("</script><script>alert(1)</script><!--<script>")
    policy = answer["Content-Security-Policy"]
    assert "script-src 'self';" in policy + ";"
    assert "unsafe" not in policy
