"""What these tests stand on: the simulated providers in a process of their own, and a server that hears them."""

import http.server
import json
import os
import queue
import subprocess
import threading
import urllib.request
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import parse_qsl

HARNESS = os.environ["VENTANILLA_CLIENTS"]
"""The program of `tests/clients/harness`."""

PATIENCE = 20
"""Seconds after which something that should happen does not."""


class Webhook(NamedTuple):
    method: str
    target: str
    """Path and query."""
    headers: dict[str, str]
    """With lower-case names."""
    body: bytes


class Form:
    """Decoded pairs as Twilio's library takes them, repeated names included."""

    def __init__(self, encoded: str):
        self.pairs = parse_qsl(encoded, keep_blank_values=True)

    def __iter__(self):
        return iter([name for name, _ in self.pairs])

    def __len__(self):
        return len(self.pairs)

    def __getitem__(self, name: str) -> str:
        return self.getall(name)[0]

    def getall(self, name: str) -> list[str]:
        return [value for found, value in self.pairs if found == name]


Answer = tuple[str, str]
"""Content type and body."""


class Town:
    """The simulated providers, whose webhooks come to us. `answer` says what they are answered."""

    def __init__(self, answer: Callable[[Webhook], Answer] = lambda _: ("text/plain", "")):
        self.heard: queue.Queue[Webhook] = queue.Queue()
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler(self.heard, answer))
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.webhooks = f"http://127.0.0.1:{self.server.server_port}"
        self.process = subprocess.Popen(
            [HARNESS, self.webhooks], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.facts = self.read_line()

    def close(self):
        self.process.stdin.close()
        self.process.wait(PATIENCE)
        self.process.stdout.close()
        self.server.shutdown()
        self.server.server_close()

    def read_line(self) -> dict:
        line = self.process.stdout.readline()
        assert line, "the simulated providers ended: their last words are above"
        return json.loads(line)

    def ask(self, **question) -> dict:
        """Asks an adapter: see `tests/clients/harness/adapters.rs`."""
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        return self.read_line()

    def simulate(self, path: str, body: object = None, method: str = "POST") -> dict:
        """Acts as a person, through the simulator's own page."""
        data = None if method == "GET" else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.facts['url']}/simulator/api/{path}", data, method=method)
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            text = answer.read()
        return json.loads(text) if text else {}

    def next(self, path: str) -> Webhook:
        """The next webhook of this path; what came of others before it is dropped."""
        while True:
            webhook = self.heard.get(timeout=PATIENCE)
            if webhook.target.split("?")[0] == path:
                return webhook


def handler(heard: queue.Queue, answer: Callable[[Webhook], Answer]) -> type:
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def hear(self):
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            webhook = Webhook(self.command, self.path, headers, body)
            kind, text = answer(webhook)
            heard.put(webhook)
            self.send_response(200)
            self.send_header("content-type", kind)
            self.send_header("content-length", str(len(text.encode())))
            self.end_headers()
            self.wfile.write(text.encode())

        do_GET = do_POST = hear

        def log_message(self, *_):
            pass

    return Handler
