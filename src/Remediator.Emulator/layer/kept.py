"""Requests on connections that are kept, as AWS keeps them. Werkzeug's own handler closes the connection after each response."""

import io
import traceback
from collections.abc import Iterable

from werkzeug.serving import WSGIRequestHandler

WITHOUT_BODY = {204, 304}


class Handler(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"
    # Status and body are two packets: the second would wait for the first to be acknowledged.
    disable_nagle_algorithm = True

    def log_request(self, *args: object) -> None:
        pass

    def run_wsgi(self) -> None:
        if self.headers.get("Expect", "").strip().lower() == "100-continue":
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        self.environ = environ = self.make_environ()
        # The whole body, whether or not anybody reads it: what follows on the connection is the next request.
        is_chunked = "wsgi.input_terminated" in environ
        body = environ["wsgi.input"].read() if is_chunked else self.rfile.read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"], environ["CONTENT_LENGTH"] = io.BytesIO(body), str(len(body))
        try:
            status, headers, answer = _answer(self.server.app, environ)
        except Exception:
            status, headers, answer = "500 INTERNAL SERVER ERROR", [("Content-Type", "text/plain")], traceback.format_exc().encode()
        code, _, message = status.partition(" ")
        self.send_response(int(code), message)
        for name, value in headers:
            self.send_header(name, value)
        if int(code) not in WITHOUT_BODY and not any(name.lower() == "content-length" for name, _ in headers):
            self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer)


def _answer(application: object, environ: dict) -> tuple[str, list, bytes]:
    said: list = []

    def start(status: str, headers: list, _: object = None) -> object:
        said[:] = [status, headers]
        return said.append

    parts: Iterable[bytes] = application(environ, start)
    try:
        written = b"".join(parts)
    finally:
        if hasattr(parts, "close"):
            parts.close()
    return said[0], said[1], b"".join(said[2:]) + written
