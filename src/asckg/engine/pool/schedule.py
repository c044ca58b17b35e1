"""Which job runs next: places, lanes, the queue and its limits. Knows no processes and no clock of its own."""

from collections import Counter, deque
from dataclasses import dataclass, field

from asckg.engine.pool.job import Job, Reason, StoppedError
from asckg.engine.pool.limit import Limits


@dataclass
class Schedule:
    """Jobs that wait and jobs that run.

    There are `workers` places for anyone and `reserved` ones for the server's own jobs. A job that overstays leaves
    its place, so that runaways never stand before look-ups, as long as fewer than `heavy` did so already.
    """

    limits: Limits
    waiting: deque[Job] = field(default_factory=deque)
    ahead: set[Job] = field(default_factory=set)  # were sent to a worker that still runs another
    running: set[Job] = field(default_factory=set)
    clients: Counter[str] = field(default_factory=Counter)
    overstaying: int = 0  # running jobs that gave up their place
    own: int = 0  # waiting jobs of the server's own

    def admit(self, job: Job) -> None:
        """Put `job` in the queue; raise StoppedError when it or its client is over a limit."""
        if not job.reserved:
            if self.clients[job.client] >= self.limits.per_client:
                raise StoppedError(
                    Reason.CLIENT,
                    f"this client has {self.limits.per_client} queries under way, the most that one client may have; "
                    "wait for some of them (setting ASCKG_PER_CLIENT)",
                    1,
                )
            if self.queued() >= self.limits.queue:
                raise StoppedError(
                    Reason.BUSY, f"{self.limits.queue} queries are waiting; try again soon (setting ASCKG_QUEUE)", 2
                )
            self.clients[job.client] += 1
        self.own += job.reserved
        self.waiting.append(job)

    def next(self) -> Job | None:
        """Return the first waiting job for which there is a place."""
        if not self.waiting:
            return None
        used = len(self.running) - self.overstaying
        if used < self.limits.workers:
            return self.waiting[0]
        if self.own and used < self.limits.workers + self.limits.reserved:
            return next((job for job in self.waiting if job.reserved), None)
        return None

    def queued(self) -> int:
        """Return how many jobs do not run yet."""
        return len(self.waiting) + len(self.ahead)

    def next_ahead(self) -> Job | None:
        """Return the first waiting job where it may be sent ahead; the server's own have a lane instead."""
        return self.waiting[0] if self.waiting and not self.waiting[0].reserved else None

    def send_ahead(self) -> None:
        """Note that the first waiting job was sent to a worker that still runs another."""
        self.ahead.add(self.waiting.popleft())

    def start(self, job: Job, now: float) -> None:
        """Note that a worker runs `job` from now on."""
        if job in self.ahead:
            self.ahead.discard(job)
        else:
            self._take_out(job)
        job.started = now
        self.running.add(job)

    def finish(self, job: Job) -> None:
        """Note that `job` neither waits nor runs any more."""
        if job in self.running:
            self._leave(job)
        elif job in self.ahead:
            self.ahead.discard(job)
        elif job in self.waiting:
            self._take_out(job)
        if not job.reserved:
            left = self.clients[job.client] - 1
            if left > 0:
                self.clients[job.client] = left
            else:
                del self.clients[job.client]

    def put_back(self, job: Job) -> None:
        """Have `job` run before all that wait: its worker was lost or is held up."""
        self._leave(job)
        self.ahead.discard(job)
        self.own += job.reserved
        self.waiting.appendleft(job)

    def _take_out(self, job: Job) -> None:
        """Have `job` wait no more."""
        self.own -= job.reserved
        if self.waiting[0] is job:
            self.waiting.popleft()
        else:
            self.waiting.remove(job)

    def _leave(self, job: Job) -> None:
        self.running.discard(job)
        self.overstaying -= job.overstayed
        job.overstayed = False

    def places_used(self) -> int:
        """Return the running jobs that hold a place."""
        return len(self.running) - self.overstaying

    def make_room(self, now: float) -> Job | None:
        """Return the job that just lost its place to one that waits: it ran longest, and longer than is quick."""
        if not self.waiting or self.next() is not None or self.overstaying >= self.limits.heavy:
            return None
        late = [job for job in self.running if not job.overstayed and now - job.started > self.limits.quick]
        oldest = min(late, key=lambda job: job.started, default=None)
        if oldest is not None:
            oldest.overstayed = True
            self.overstaying += 1
        return oldest

    def to_evict(self, now: float) -> Job | None:
        """Return the youngest job that overstays while others wait and no room is left beside the places."""
        if not self.waiting or self.next() is not None:
            return None
        if now - self.waiting[0].queued < self.limits.quick:
            return None
        late = [job for job in self.running if not job.overstayed and now - job.started > self.limits.patience]
        return max(late, key=lambda job: job.started, default=None)
