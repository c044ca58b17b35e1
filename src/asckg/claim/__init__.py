"""Claims: what a source states, with setting, stance, sentences and the evidence that stands behind it."""

from asckg.claim.statement import Claim, Claims, Evidence, find_claims, load_claims

__all__ = ["Claim", "Claims", "Evidence", "find_claims", "load_claims"]
