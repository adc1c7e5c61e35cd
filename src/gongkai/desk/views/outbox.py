"""What must be printed and posted (待寄发): letters for paper, and mail that was refused or does not leave."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongkai.desk.staff import allowed, frame, staff
from gongkai.pages.asked import number
from gongkai.pages.language import words
from gongkai.services.outgoing.day import today
from gongkai.services.outgoing.posting import NotePosting
from gongkai.store.outbox import Waiting


@require_http_methods(["GET", "POST"])
@staff
def outbox(request: HttpRequest) -> HttpResponse:
    """The list, the oldest first; a letter that is sent back as posted leaves it."""
    allowed(request, "note_posting")
    gongkai = request.gongkai
    if request.method == "POST" and (id := number(request.POST.get("letter", ""))) is not None:
        gongkai.perform(request.actor, "note_posting", NotePosting(request.actor.agency, id, f"posted-{id}"))
        return redirect(request.get_full_path())
    found = gongkai.ledgers.outbox.waiting(request.actor, gongkai.now(), number(request.GET.get("after", "")))
    more = {
        "rows": [_shown(row) for row in found.rows],
        "columns": [words(f"outbox.column.{each}") for each in ("number", "letter", "since", "why", "file", "done")],
        "next_url": f"?after={found.after}" if found.after is not None else "",
    }
    return render(request, "desk/outbox.html", frame(request, **more))


def _shown(row: Waiting) -> dict[str, object]:
    label = words(f"letter.{row.letter}")
    return {
        "id": row.id,
        "number": row.number,
        "label": label,
        "since": today(row.made),
        "why": _why(row),
        "serve_url": reverse("act", args=[row.number, "note_service"]) if row.letter == "reply" else "",
        "posted_label": words("outbox.posted.label", number=row.number, letter=label),
    }


def _why(row: Waiting) -> str:
    if row.way == "mail":
        return words("outbox.why.late", reason=row.fault or words("outbox.why.untried"))
    return words("outbox.why.refused", reason=row.fault) if row.fault else words("outbox.why.paper")
