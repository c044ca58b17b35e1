"""`/links`: review of suggested links."""

from fastapi import APIRouter

router = APIRouter(prefix="/links", tags=["linking"])
