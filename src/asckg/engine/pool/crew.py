"""Which workers there are: those that are idle, those of data that were replaced, and how many more are wanted."""

import contextlib
from collections import deque

from asckg.engine.pool.generation import Generation
from asckg.engine.pool.limit import Limits
from asckg.engine.pool.link import Worker
from asckg.engine.pool.pipe import Pipes


class Crew:
    """The workers of the data that are served, with what each was sent, and of older data while they run something."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.pipes = Pipes(limits.ahead)
        self.generation: Generation | None = None
        self._idle: deque[Worker] = deque()
        self._old: set[Generation] = set()

    def replace(self, generation: Generation) -> None:
        """Take the workers of `generation` from now on; the others end with what they run."""
        old, self.generation = self.generation, generation
        while self._idle:
            self.dismiss(self._idle.popleft())
        if old is not None:
            self._old.add(old)
            self.sweep()

    def forget(self, generation: Generation) -> bool:
        """Return whether `generation`, which ended by itself, was the one that is served."""
        self._old.discard(generation)
        served = generation is self.generation
        if served:
            self.generation = None
        return served

    def take(self) -> Worker | None:
        """Return an idle worker, which is not idle any more, None where there is none."""
        while self._idle:
            worker = self._idle.pop()  # the one used last: its caches are warm
            if worker.alive:
                return worker
        return None

    def give_back(self, worker: Worker) -> None:
        """Take a worker that has nothing to do."""
        generation = self.generation
        if worker.alive and generation is not None and generation.workers.get(worker.process) is worker:
            self._idle.append(worker)
        else:
            self.dismiss(worker)

    def lose(self, worker: Worker) -> None:
        """Forget that a worker was idle: it is gone."""
        with contextlib.suppress(ValueError):
            self._idle.remove(worker)

    def dismiss(self, worker: Worker) -> None:
        """Let a worker go."""
        worker.dismiss()
        self.sweep()

    def sweep(self) -> None:
        """End replaced data of which no worker runs anything."""
        for old in list(self._old):
            if not any(worker in self.pipes for worker in old.workers.values()):
                self._old.discard(old)
                old.close()

    def refill(self, used: int) -> None:
        """Ask for the workers that are missing while `used` places are taken."""
        if self.generation is None:
            return
        places = self.limits.workers + self.limits.reserved + self.limits.spare
        wanted = min(places - used, places + self.limits.heavy - len(self.pipes))
        for _ in range(wanted - len(self._idle) - self.generation.coming):
            self.generation.grow()

    async def close(self) -> None:
        """End every process."""
        for generation in [*self._old, *([self.generation] if self.generation else [])]:
            generation.close()
            await generation.wait_closed()
