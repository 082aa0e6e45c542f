import logging
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor

from .constants import DEFAULT_QUEUE, Priority
from .storage import Storage

logger = logging.getLogger(__name__)


class Worker:
    def __init__(self, connection, regular_workers=2, high_workers=2):
        self.storage = Storage(connection)
        self.pool = ThreadPoolExecutor(max_workers=regular_workers + high_workers)
        self.future_job_mapping = {}
        self.job_future_mapping = {}
        self.shutdown = threading.Event()
        self.job_checker = None

    def start(self):
        self.job_checker = threading.Thread(target=self._check_loop, name="job-checker", daemon=True)
        self.job_checker.start()

    def _check_loop(self):
        while not self.shutdown.is_set():
            job = self.storage.next_job(DEFAULT_QUEUE)
            if job is not None:
                self.start_job(job)
            for job_id in self.storage.canceling_jobs():
                self.cancel(job_id)
            time.sleep(0.5)

    def start_job(self, job):
        if job.job_id in self.future_job_mapping:
            return self.future_job_mapping[job.job_id]
        future = self.pool.submit(self._execute, job)
        self.future_job_mapping[job.job_id] = future
        self.job_future_mapping[future] = job
        future.add_done_callback(self.handle_finished_future)
        return future

    def _execute(self, job):
        self.storage.mark_running(job.job_id)
        return job.run()

    def handle_finished_future(self, future):
        job = self.job_future_mapping[future]
        del self.job_future_mapping[future]
        if job.job_id in self.future_job_mapping:
            del self.future_job_mapping[job.job_id]
        exc = future.exception()
        if exc is not None:
            logger.error("job %s failed", job.job_id, exc_info=exc)
            self.storage.mark_failed(job.job_id, exc)
        else:
            self.storage.complete(job.job_id, future.result())

    def cancel(self, job_id):
        if job_id in self.future_job_mapping:
            future = self.future_job_mapping[job_id]
            if future.cancel():
                self.storage.mark_canceled(job_id)
            return True
        return False
