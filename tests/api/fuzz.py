"""Requests made by schemathesis from web/openapi.json, against the real server with the demo town."""

import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

import open311

DESCRIPTION = Path(__file__).resolve().parents[2] / "web" / "openapi.json"
PASSWORD = "una frase que nadie adivina"
READY_WITHIN = 120
# What every answer must be: no fault of the server's, and what the description says.
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
# A stream never ends, and who signs out is nobody.
LEFT_OUT = ["events", "sign_out"]


def main(server: str) -> int:
    with tempfile.TemporaryDirectory(prefix="ventanilla-api-") as folder:
        address = f"127.0.0.1:{free_port()}"
        settings = {
            "VENTANILLA_STAFF__SECOND_FACTOR": "optional",
            "VENTANILLA_UNDERSTANDING__WEIGHTS": f"{folder}/no-weights",
            "VENTANILLA_LOG__LEVEL": "error",
            # So many requests at once are what is tried here.
            "VENTANILLA_OPEN311__ADDRESS_PER_MINUTE": "1000000",
            "VENTANILLA_OPEN311__KEY_PER_MINUTE": "1000000",
        }
        command = [server, "serve", "--demo", "--listen", address, "--data", f"{folder}/data"]
        with open(f"{folder}/said", "w+") as said:
            running = subprocess.Popen(command, env={**os.environ, **settings}, stdout=said, stderr=said)
            try:
                url = f"http://{address}"
                wait_for(url, running)
                someone = signed_in(url, Path(said.name).read_text())
                ended = [
                    fuzz(folder, url, "Open311", key(url, someone), 25, described(folder)),
                    fuzz(folder, url, "signed in", someone, 15),
                    fuzz(folder, url, "as nobody", {}, 5),
                ]
                alive = running.poll() is None
            finally:
                running.terminate()
                running.wait(30)
    failed = sum(ended) + (not alive)
    if not alive:
        print("the server died", file=sys.stderr)
    print(f"\n{len(ended) + 1 - failed} passed, {failed} failed")
    return failed


def fuzz(
    folder: str, url: str, who: str, headers: dict[str, str], examples: int, description: Path = DESCRIPTION
) -> bool:
    """Whether something was found."""
    print(f"\n==> {who}", flush=True)
    options = ["--url", url, "--checks", CHECKS, "--max-examples", str(examples), "--seed", "1", "--no-color"]
    options += ["--generation-database", "none"]
    options += ["--phases", "examples,coverage,fuzzing", "--request-timeout", "30", "--warnings", "off"]
    for operation in LEFT_OUT:
        options += ["--exclude-operation-id", operation]
    for name, value in headers.items():
        options += ["--header", f"{name}: {value}"]
    begin = [sys.executable, "-c", "from schemathesis.cli import schemathesis; schemathesis()"]
    return subprocess.run([*begin, "run", str(description), *options], cwd=folder, check=False).returncode != 0


def described(folder: str) -> Path:
    """Open311 has a description of its own: its answers are another world's."""
    file = Path(folder) / "open311.json"
    file.write_text(json.dumps(open311.description()))
    return file


def key(url: str, someone: dict[str, str]) -> dict[str, str]:
    """A key that may do everything of Open311."""
    body = json.dumps({"name": "fuzz", "scopes": ["reports.file", "reports.update"]}).encode()
    headers = {**someone, "content-type": "application/json"}
    with urllib.request.urlopen(urllib.request.Request(f"{url}/api/v1/keys", body, headers)) as answer:
        return {"Authorization": f"Bearer {json.load(answer)['secret']}"}


def signed_in(url: str, said: str) -> dict[str, str]:
    """The demo prints a link to its first account, which has every role."""
    token = re.search(r"/console/welcome#(\S+)", said)
    if token is None:
        raise SystemExit(f"the server printed no link to its first account:\n{said}")
    body = json.dumps({"password": PASSWORD}).encode()
    request = urllib.request.Request(
        f"{url}/api/v1/invitations/{token[1]}", body, {"content-type": "application/json"}
    )
    with urllib.request.urlopen(request) as answer:
        cookie = answer.headers["set-cookie"].split(";")[0]
        return {"Cookie": cookie, "x-csrf-token": json.load(answer)["me"]["csrf"]}


def wait_for(url: str, running: subprocess.Popen) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline:
        if running.poll() is not None:
            raise SystemExit("the server ended at once")
        try:
            urllib.request.urlopen(f"{url}/readyz").close()
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    raise SystemExit(f"{url} was never ready")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
