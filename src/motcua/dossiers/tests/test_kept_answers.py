"""What a dossier keeps of the answers that it was filed with."""

from dataclasses import replace

import msgspec

from motcua.dossiers.models import Dossier
from motcua.dossiers.operations.filing import Filing, file_dossier
from motcua.dossiers.tests.conftest import LAN, MONDAY, a_file, answers


def w(text):
    return {"vi": text, "en": text}


def test_a_hidden_answer_is_not_kept_and_a_computed_one_is_made(definition):
    fields = [
        {"id": "why", "kind": "text", "label": w("Why"), "show": "copies > 5"},
        {"id": "sheets", "kind": "computed", "label": w("Sheets"), "value": "copies * 2"},
    ]
    page = {"id": "more", "title": w("More"), "sections": [{"fields": fields}]}
    step = msgspec.convert(page, type(definition.form.steps[0]))
    pack = replace(definition, form=replace(definition.form, steps=(*definition.form.steps, step)))
    sent = {**answers(copies=1), "why": "nobody asked", "sheets": 99}
    filing = Filing(pack, sent, {"proof": [a_file()]}, "test", "9")
    filed = file_dossier(filing, by=LAN, at=MONDAY)
    assert Dossier.objects.get(code=filed.code).answers == {**answers(copies=1), "sheets": 2}
