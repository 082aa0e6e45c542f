"""Client for the metrics backend."""
import logging
import os
from typing import Any, Dict, Optional

import requests
from requests.adapters import HTTPAdapter

from .exceptions import BackendError, ConfigurationError
from .retry import build_retry

logger = logging.getLogger(__name__)

_DEFAULT_TIMEOUT = 10.0
_session: Optional[requests.Session] = None


def _build_session(pool_size: int = 10) -> requests.Session:
    session = requests.Session()
    adapter = HTTPAdapter(pool_connections=pool_size, pool_maxsize=pool_size, max_retries=build_retry())
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    session.headers.update({"User-Agent": "metrics-client/1.4"})
    return session


def get_session() -> requests.Session:
    global _session
    if _session is None:
        token = os.environ.get("METRICS_TOKEN")
        if not token:
            raise ConfigurationError("METRICS_TOKEN is not set")
        _session = _build_session()
        _session.headers["Authorization"] = f"Bearer {token}"
    return _session


class MetricsClient:
    def __init__(self, base_url: str, executor=None):
        from concurrent.futures import ThreadPoolExecutor

        self.base_url = base_url.rstrip("/")
        self._executor = executor or ThreadPoolExecutor(max_workers=4)

    def push(self, name: str, value: float, tags: Optional[Dict[str, str]] = None) -> None:
        payload = {"name": name, "value": value, "tags": tags or {}}
        self._executor.submit(self._post, "/push", payload)

    def _post(self, path: str, payload: Dict[str, Any]) -> Any:
        session = get_session()
        try:
            response = session.post(self.base_url + path, json=payload, timeout=_DEFAULT_TIMEOUT)
            response.raise_for_status()
        except requests.RequestException as exc:
            logger.warning("push failed: %s", exc)
            raise BackendError(str(exc)) from exc
        return response.json()
