"""What a request has in the wrong form is said in both languages."""

import re

from django.utils.translation import override

from motcua.backbone.http.unreadable import SENTENCES, said_of


def test_no_sentence_about_the_form_of_a_request_lacks_its_facts_or_its_vietnamese():
    facts = dict.fromkeys(("min_length", "max_length", "gt", "ge", "lt", "le", "pattern"), "7")
    for kind in (*SENTENCES, "something new"):
        found = {"type": kind, "ctx": facts | {"expected": "'a', 'b' or 'c'"}}
        told = []
        for language in ("vi", "en"):
            with override(language):
                told.append(said_of(found))
        assert told[0] != told[1]
        assert not any(re.search("[{}]", each) for each in told)
    assert " or " not in said_of({"type": "enum", "ctx": {"expected": "'a', 'b' or 'c'"}})
