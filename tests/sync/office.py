"""A real HTTP server on this machine that answers as it is told: honest, busy, a sign-in page, cut, lying."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Final

CONTENT_TYPE: Final = "application/vnd.payung"


@dataclass(frozen=True)
class Answer:
    """One answer of the server. `cut` closes the line after that many bytes of the body, `length` lies about it."""

    body: bytes = b""
    status: int = 200
    kind: str = CONTENT_TYPE
    headers: tuple[tuple[str, str], ...] = ()
    cut: int | None = None
    length: int | None = None


@dataclass
class Office:
    """The server: `answer` makes what it says to a body; `asked` are path, content type and body of every request."""

    url: str
    answer: Callable[[bytes], Answer | None]
    asked: list[tuple[str, str, bytes]] = field(default_factory=list)


@contextmanager
def running(answer: Callable[[bytes], Answer | None], *, tls: ssl.SSLContext | None = None) -> Iterator[Office]:
    """A server as long as the block lasts; an answer of None hangs up without a word."""
    office = Office(url="", answer=answer)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            office.asked.append((self.path, self.headers["Content-Type"], body))
            said = office.answer(body)
            self.close_connection = True
            if said is None:
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            self.send_response(said.status)
            self.send_header("Content-Type", said.kind)
            self.send_header("Content-Length", str(len(said.body) if said.length is None else said.length))
            for name, value in said.headers:
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(said.body[: said.cut])

        def log_message(self, *_arguments: object) -> None:
            """Says nothing."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_arguments: object) -> None:
            """A client that hangs up is no trouble of the test's."""

    server = Server(("127.0.0.1", 0), Handler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    office.url = f"{'http' if tls is None else 'https'}://127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield office
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
