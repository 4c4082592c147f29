"""Which reminders come by e-mail."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.backbone.http.actors import actor_of, signed_in
from motcua.notices.operations.choosing import choose_mail
from motcua.notices.queries.choices import reminders_by_mail


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def choices(request: HttpRequest) -> HttpResponse:
    """Show and keep which reminders come by e-mail, too."""
    by = actor_of(request)
    if request.method == "POST":
        choose_mail(request.POST.getlist("wanted"), by=by)
        messages.success(request, _("Your choice is saved."))
        return redirect("notices:choices")
    reminders = reminders_by_mail(by=by)
    facts = {
        "options": [(name, _(words)) for name, (words, _wanted) in reminders.items()],
        "wanted": [name for name, (_words, wanted) in reminders.items() if wanted],
    }
    return render(request, "notices/choices.html", facts)
