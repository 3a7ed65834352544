"""A program that is not written for Troupe: an HTTP server as the documentation of Python has it."""

import os
import signal
import subprocess
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *arguments):
        pass

    def handle_any(self):
        path = self.path.removeprefix("/python")
        if path == "/garbage":
            self.wfile.write(b"220 this is not HTTP\r\n\r\n")
        elif path == "/silence":
            pass
        elif path == "/exit":
            os._exit(3)
        elif path == "/events":
            self.send_events()
        elif path.startswith("/bytes/"):
            self.send_bytes(int(path.removeprefix("/bytes/")))
        elif path == "/slow":
            open(os.environ["SLOW_BEGAN"], "w").close()
            time.sleep(1)
            self.answer(200, str(os.getpid()))
        elif path == "/pid":
            self.answer(200, str(os.getpid()))
        elif path == "/child":
            self.answer(200, str(subprocess.Popen(["sleep", "1000"]).pid))
        elif path == "/count":
            self.answer(200, str(self.count_body()))
        elif path.startswith("/status/"):
            self.answer(int(path.removeprefix("/status/")), "as asked")
        elif path == "/health":
            self.answer(200, "fine")
        else:
            shown = [f"{self.command} {self.path}"]
            shown += [f"{name}: {value}" for name, value in self.headers.items()]
            self.answer(200, "\n".join(shown) + "\n\n" + self.read_body().decode())

    def read_body(self):
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def count_body(self):
        left = int(self.headers["Content-Length"])
        count = 0
        while left > 0:
            count += len(self.rfile.read(min(left, 1 << 16)))
            left -= min(left, 1 << 16)
        return count

    def answer(self, status, text):
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Set-Cookie", "a=1")
        self.send_header("Set-Cookie", "b=2")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD" and status not in (204, 304):
            self.wfile.write(body)

    def send_bytes(self, count):
        self.send_response(200)
        self.send_header("Content-Length", str(count))
        self.end_headers()
        chunk = b"x" * (1 << 16)
        while count > 0:
            self.wfile.write(chunk[: min(count, len(chunk))])
            count -= min(count, len(chunk))

    def send_events(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        for number in range(1000):
            self.wfile.write(f"data: {number}\n\n".encode())
            time.sleep(0.1)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = handle_any


if os.environ.get("IGNORE_TERM"):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
ThreadingHTTPServer((os.environ["HOST"], int(os.environ["PORT"])), Handler).serve_forever()
