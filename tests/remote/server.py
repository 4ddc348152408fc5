"""A server on the loopback address: files, statuses, redirects, and git repositories through git http-backend."""

import http.server
import os
import subprocess
import threading


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def answer(self, status, body=b"", headers=()):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        self.server.requests.append(self.path)
        path, _, query = self.path.partition("?")
        if path.startswith("/private/"):
            return self.answer(401, headers=[("WWW-Authenticate", 'Basic realm="x"')])
        if path.startswith("/git/") and (query.startswith("service=") or path.count("/") > 3):
            return self.run_git(path, query, b"")
        status, body = self.server.pages.get(path, (404, b"no such page\n"))
        if 300 <= status < 400:
            return self.answer(status, headers=[("Location", body.decode())])
        return self.answer(status, body)

    def do_POST(self):
        self.server.requests.append(self.path)
        path, _, query = self.path.partition("?")
        self.run_git(path, query, self.read_body())

    def read_body(self):
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        body = b""
        while size := int(self.rfile.readline(), 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body

    def run_git(self, path, query, body):
        environment = dict(
            os.environ,
            GIT_PROJECT_ROOT=self.server.repositories,
            GIT_HTTP_EXPORT_ALL="1",
            PATH_INFO=path.removeprefix("/git"),
            QUERY_STRING=query,
            REQUEST_METHOD=self.command,
            CONTENT_TYPE=self.headers.get("Content-Type", ""),
            CONTENT_LENGTH=str(len(body)),
            HTTP_CONTENT_ENCODING=self.headers.get("Content-Encoding", ""),
            GIT_PROTOCOL=self.headers.get("Git-Protocol", ""),
        )
        done = subprocess.run(["git", "http-backend"], input=body, env=environment, capture_output=True, check=False)
        head, _, content = done.stdout.partition(b"\r\n\r\n")
        headers = [line.split(": ", 1) for line in head.decode().splitlines() if ": " in line]
        status = next((int(value.split()[0]) for name, value in headers if name == "Status"), 200)
        self.answer(status, content, [pair for pair in headers if pair[0] != "Status"])


class Server(http.server.ThreadingHTTPServer):
    """`pages` maps a path to a status and a body (or the place of a redirect); `requests` lists what was asked for."""

    daemon_threads = True

    def __init__(self, repositories):
        super().__init__(("127.0.0.1", 0), Handler)
        self.repositories = repositories
        self.pages = {}
        self.requests = []
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    def handle_error(self, request, client_address):
        """A client that goes away early is no failure of the server."""

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"
