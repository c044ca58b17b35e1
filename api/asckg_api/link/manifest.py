"""The manifest of the reconciliation service."""

from typing import TYPE_CHECKING, Any

from fastapi import Request

from asckg import __version__
from asckg.namespace import DEF, ID

if TYPE_CHECKING:
    from asckg.link.reconcile import Reconciler


def base_of(request: Request) -> str:
    """Return the address of this server as the client sees it, without a slash at the end."""
    return str(request.base_url).rstrip("/")


def manifest(request: Request, reconciler: "Reconciler") -> dict[str, Any]:
    """Return what the service can do, with addresses below the server's own."""
    base = base_of(request)
    service = f"{base}/reconcile"

    def suggest(kind: str) -> dict[str, str]:
        return {
            "service_url": base,
            "service_path": f"/reconcile/suggest/{kind}",
            "flyout_service_url": base,
            "flyout_service_path": f"/reconcile/flyout/{kind}?id=${{id}}",
        }

    kinds = reconciler.entities.types
    return {
        "versions": ["0.2"],
        "name": "asckg: adult social care knowledge graph",
        "identifierSpace": ID,
        "schemaSpace": DEF,
        "documentation": f"{base}/about",
        "serviceVersion": __version__,
        "logo": f"{base}/icon.svg",
        "view": {"url": f"{base}/id/{{{{id}}}}"},
        "defaultTypes": [{"id": kind, "name": name} for kind, name in kinds.items()],
        "suggest": {kind: suggest(kind) for kind in ("entity", "type", "property")},
        "preview": {"url": f"{service}/preview?id={{{{id}}}}", "width": 430, "height": 200},
        "extend": {
            "propose_properties": {"service_url": base, "service_path": "/reconcile/properties"},
            "property_settings": [
                {
                    "name": "limit",
                    "label": "Limit",
                    "type": "number",
                    "default": 0,
                    "help_text": "How many values a row gets; 0 is all",
                }
            ],
        },
    }
