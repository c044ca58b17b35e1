"""The limits of a method that only gives scores, set on labelled cases so that they keep what is asked of all."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from benchmarks.link_case import Said

WANTED, QUEUE = 0.97, 0.15
"""The precision that what is accepted should have, and the greatest share of the cases that may wait for a person."""
Scored = Sequence[tuple[float, str]]
"""The candidates of a case, with scores, best first."""
_KEPT = 10


class Trial(NamedTuple):
    """A method tried in one way: its name, the candidates of every case, and the seconds it took."""

    name: str
    scored: Sequence[Scored]
    taken: float


def limits(keys: Sequence[str], scored: Sequence[Scored]) -> tuple[float, float]:
    """Return the least score from which a precision of 0.97 holds, and the least one that keeps the queue to 15 %.

    A case whose best two candidates have one score is never accepted: that waits for a person.
    """
    tops = sorted(
        (
            (each[0][0], each[0][1] == key, len(each) > 1 and each[1][0] == each[0][0])
            for key, each in zip(keys, scored, strict=True)
            if each
        ),
        reverse=True,
    )
    accept, right, count = math.inf, 0, 0
    for place, (score, good, tied) in enumerate(tops):
        right += good and not tied
        count += not tied
        last = place + 1 == len(tops) or tops[place + 1][0] < score
        if last and count and right / count >= WANTED:
            accept = score
    waiting = [score for score, _, tied in tops if score < accept or tied]
    room = int(QUEUE * len(keys))
    return accept, (waiting[min(room, len(waiting)) - 1] if waiting and room else accept)


def banded(each: Scored, accept: float, review: float) -> Said:
    """Return what a scoring method says about a case."""
    score = each[0][0] if each else -math.inf
    tied = len(each) > 1 and each[1][0] == score
    band = "accepted" if score >= accept and not tied else "review" if score >= review else "none"
    return Said(band, [key for _, key in each[:_KEPT]])


def best_trial(trials: Sequence[Trial], keys: Sequence[str], setting: Sequence[int]) -> tuple[Trial, float, list[Said]]:
    """Return the trial that accepts most right on the cases numbered in `setting`, its limit, and all it says.

    A line for each trial says how it did there, with precision, recall accepted and recall with the queue.
    """
    found = []
    for trial in trials:
        accept, review = limits([keys[place] for place in setting], [trial.scored[place] for place in setting])
        said = [banded(each, accept, review) for each in trial.scored]
        right = sum(said[place].band == "accepted" and said[place].keys[0] == keys[place] for place in setting)
        queue = [place for place in setting if said[place].band == "review"]
        helped = right + sum(keys[place] in said[place].keys for place in queue)
        print(f"  setting half: {trial.name}: {right} right from {accept:.1f}, {helped} with {len(queue)} in the queue")
        found.append((right, helped, trial, accept, said))
    _, _, best, accept, said = max(found, key=lambda item: item[:2])
    return best, accept, said
