"""A server on this machine that answers as each test wants."""

from __future__ import annotations

import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[[BaseHTTPRequestHandler], None]


class Server:
    """Paths and what they answer; remembers the requests it has seen."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.otherwise: Answer | None = None
        """The answer of all other paths; without one they break the connection."""
        self.seen: list[tuple[str, dict[str, str]]] = []
        self.received: list[bytes] = []
        """The bodies of POST requests."""
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.seen.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
                path = self.path.partition("?")[0]
                answer = outer.answers.get(path) or outer.otherwise or outer.answers[path]
                answer(self)

            def do_POST(self) -> None:
                outer.received.append(self.rfile.read(int(self.headers["Content-Length"])))
                self.do_GET()

            def log_message(self, format: str, *args: object) -> None:
                """Keep the tests' output clean."""

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        polling = 0.01  # seconds that `close` waits for
        threading.Thread(target=self._http.serve_forever, args=(polling,), daemon=True).start()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self._http.server_port}"

    def url(self, path: str) -> str:
        return f"http://{self.host}{path}"

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()


def reply(body: bytes = b"", status: int = 200, **headers: str) -> Answer:
    """An answer with a body; header names with underscores for dashes."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer
