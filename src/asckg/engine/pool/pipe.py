"""The jobs that each worker was sent: one that it runs, and some ahead, so that it need not wait for the next."""

from collections import deque
from collections.abc import Iterator, Mapping

from asckg.engine.pool.job import Job
from asckg.engine.pool.link import Worker


class Pipes:
    """What was sent to workers and is not answered yet; a worker answers in the order of sending.

    None stands for a job sent ahead that was taken back: its worker will run it all the same. `idling` tells which
    workers run one of those, and since when.
    """

    def __init__(self, ahead: int) -> None:
        self._ahead = ahead
        self._sent: dict[Worker, deque[Job | None]] = {}
        self.idling: dict[Worker, float] = {}

    def __len__(self) -> int:
        return len(self._sent)

    def __contains__(self, worker: object) -> bool:
        return worker in self._sent

    def begin(self, worker: Worker, job: Job) -> None:
        """Send `job` to an idle worker."""
        self._sent[worker] = deque((job,))
        job.worker = worker
        worker.send(job.frame)

    def send_ahead(self, job: Job, since: float, workers: Mapping[int, Worker]) -> bool:
        """Whether `job` was sent to the least busy of `workers` that is alive and whose job began after `since`."""
        best: deque[Job | None] | None = None
        chosen: Worker | None = None
        for worker, sent in self._sent.items():
            first = sent[0]
            fit = first is not None and first.started > since and worker.alive
            if fit and workers.get(worker.process) is worker:
                size = len(sent)
                if size <= self._ahead and (best is None or size < len(best)):
                    best, chosen = sent, worker
        if best is None or chosen is None:
            return False
        best.append(job)
        job.worker = chosen
        chosen.send(job.frame)
        return True

    def running(self, worker: Worker | None) -> Job | None:
        """Return the job that `worker` runs."""
        sent = self._sent.get(worker) if worker is not None else None
        return sent[0] if sent else None

    def answered(self, worker: Worker, now: float) -> Job | None:
        """Return the job that `worker` just answered and no longer has, None where nobody waits for it."""
        sent = self._sent.get(worker)
        if not sent:
            return None
        self.idling.pop(worker, None)
        job = sent.popleft()
        if not sent:
            del self._sent[worker]
        elif sent[0] is None:
            self.idling[worker] = now
        return job

    def give_up(self, job: Job) -> None:
        """Forget a job that was sent ahead and that nobody waits for any more."""
        sent = self._sent.get(job.worker) if job.worker is not None else None
        if sent:
            sent[sent.index(job)] = None

    def take_back(self, worker: Worker) -> Iterator[Job]:
        """Yield what was sent ahead to `worker`, the last first: it is to be run elsewhere."""
        sent = self._sent.get(worker, deque())
        for place in range(len(sent) - 1, 0, -1):
            job = sent[place]
            if job is not None:
                sent[place] = None
                job.worker = None
                yield job

    def drop(self, worker: Worker) -> Job | None:
        """Return the job that a lost worker ran, and forget the worker; take back what was sent ahead first."""
        self.idling.pop(worker, None)
        sent = self._sent.pop(worker, None)
        return sent[0] if sent else None
