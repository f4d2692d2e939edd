"""A collector of spans for tests: it speaks Zipkin's API, as the local trace viewer does, and keeps what it is told."""

import gzip
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Spans:
    """What was told so far."""

    def __init__(self) -> None:
        self._all: list[dict[str, Any]] = []
        self._lock = threading.Lock()

    def add(self, spans: list[dict[str, Any]]) -> None:
        with self._lock:
            self._all += spans

    def of(self, trace: str) -> list[dict[str, Any]]:
        """The spans of one trace: `id`, `parentId`, `name`, `kind`, `localEndpoint.serviceName`, `tags`."""
        with self._lock:
            return [span for span in self._all if span["traceId"] == trace]


@contextmanager
def collecting() -> Iterator[tuple[Spans, str]]:
    """The spans, and the address that exporters send them to."""
    spans = Spans()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            spans.add(
                json.loads(gzip.decompress(body) if self.headers.get("content-encoding") == "gzip" else body)
            )
            self.send_response(202)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Tests are quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield spans, f"http://127.0.0.1:{server.server_port}/api/v2/spans"
    finally:
        server.shutdown()
