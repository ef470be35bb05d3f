"""A small proxy for trials: hands each request to the next copy that takes it, as nginx does."""

import contextlib
import itertools
import socket
import socketserver
import threading
from collections.abc import Iterator


class _Handler(socketserver.StreamRequestHandler):
    timeout = 90

    def handle(self) -> None:
        request = self._request()
        if request is None:
            return
        for (
            _
        ) in self.server.ports:  # who does not even take the call has read nothing, so the next may be asked
            try:
                copy = socket.create_connection(("127.0.0.1", next(self.server.turns)), timeout=90)
            except OSError:
                continue
            with copy, contextlib.suppress(OSError):
                copy.sendall(request)
                while piece := copy.recv(65536):
                    self.wfile.write(piece)
            return

    def _request(self) -> bytes | None:
        """The whole request, asking the copy to close the connection after it."""
        lines, length = [], 0
        while (line := self.rfile.readline()) not in (b"\r\n", b""):
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
            if name.lower() != b"connection":
                lines.append(line)
        if not lines:
            return None
        return b"".join(lines) + b"Connection: close\r\n\r\n" + self.rfile.read(length)


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request, client_address) -> None:
        """Somebody hung up."""


@contextlib.contextmanager
def proxy(ports: list[int]) -> Iterator[int]:
    """Serves on a port of this machine and hands on to `ports` in turn; yields the port."""
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.ports, server.turns = ports, itertools.cycle(ports)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()
