"""Whether the installation is well, for machines that watch it."""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from gongkai import __version__


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """``version database pending calendar``: 200 where the database answers and no migration is pending."""
    executor = MigrationExecutor(connection)
    pending = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    rules = request.gongkai.rules
    told = {
        "version": __version__,
        "database": connection.vendor,
        "pending_migrations": pending,
        "calendar": {"from": rules.calendar.first.isoformat(), "until": rules.calendar.last.isoformat()},
    }
    return JsonResponse(told, status=200 if not pending else 503)
