"""What stands for a paper that nobody handed in: seen, checked, and taken away to be checked."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localtime, now
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.agencies.queries.units import first_level_name
from motcua.backbone.http.actors import actor_of, signed_in
from motcua.backbone.http.attempts import attempt
from motcua.backbone.http.refusals import sentence_of
from motcua.dossiers.queries.proofs import evidence_for, proven_paper
from motcua.dossiers.rules.purposes import purpose_of
from motcua.dossiers.web.pages import page
from motcua.kernel.errors import Refusal

HOW = """\
proof-N.json   chứng cứ ký số của lần trao đổi · the signed proof of the exchange
answer-N.json  câu trả lời của cơ sở dữ liệu · what the registry answered

motcua exchange verify proof-1.json --answer answer-1.json
"""


@never_cache
@require_safe
@signed_in
def show(request: HttpRequest, code: str, paper: str) -> HttpResponse:
    """Show what stands for a paper, checked as anybody could."""
    by, at = actor_of(request), localtime(now())
    found = proven_paper(code, paper, by=by, at=at, purpose=purpose_of(by))
    checked = attempt(lambda: evidence_for(found, by=by))
    waits = sentence_of(checked) if isinstance(checked, Refusal) else ""
    evidence = () if isinstance(checked, Refusal) else checked
    facts = {
        "found": found,
        "name": found.name[get_language() or "vi"],
        "owners": {each.member: first_level_name(each.member) or "" for each in found.proofs},
        "evidence": evidence,
        "holds": all(not each.faults for each in evidence),
        "waits": waits,
    }
    return page(request, "proof", facts)


@never_cache
@require_safe
@signed_in
def take(request: HttpRequest, code: str, paper: str) -> HttpResponse:
    """Give proof and answer as files for ``motcua exchange verify``."""
    by = actor_of(request)
    found = proven_paper(code, paper, by=by, at=now(), purpose=purpose_of(by))
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as whole:
        for number, each in enumerate(evidence_for(found, by=by), 1):
            whole.writestr(f"proof-{number}.json", each.document)
            whole.writestr(f"answer-{number}.json", each.answer)
        whole.writestr("README.txt", HOW)
    answer = HttpResponse(packed.getvalue(), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="chung-cu-{code}-{paper}.zip"'
    return answer
