"""Linking over HTTP: the reconciliation service, and the review of suggested links."""

from fastapi import FastAPI

from asckg_api.link import listing, reconcile, review


def install(app: FastAPI) -> None:
    """Add `/reconcile` and `/links` to the application."""
    app.include_router(reconcile.router)
    app.include_router(listing.router)
    app.include_router(review.router)
