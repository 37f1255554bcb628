"""Known vulnerabilities: asked of the real service where it can be reached; that every kind of answer is understood, of one on loopback."""

from __future__ import annotations

import contextlib
import json
import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from tests.supply.audit import SERVICES, Advisory, Answer, Code, answer, ask, data, is_accepted, locked, main, verdict
from tests.supply.locks import every_pin

KNOWN = (data()["known"]["package"], data()["known"]["version"])
JINJA = ("jinja2", every_pin()["jinja2"].version)
RICH = ("rich", every_pin()["rich"].version)


def advisory(package: str, name: str) -> dict[str, Any]:
    """A record as OSV gives it."""
    events = [{"introduced": "0"}, {"fixed": "99.1"}]
    affected = {"package": {"name": package, "ecosystem": "PyPI"}, "ranges": [{"type": "ECOSYSTEM", "events": events}]}
    return {"id": name, "summary": "a fault", "aliases": [f"CVE-{name}"], "affected": [affected]}


@contextlib.contextmanager
def service(known: dict[tuple[str, str], str], broken: str = "") -> Iterator[list[str]]:
    """A service on loopback that speaks OSV: the fault of each version `known`, an error about the package `broken`. Options for pip-audit."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            about = (query["package"]["name"], query["version"])
            body = json.dumps({"vulns": [advisory(about[0], known[about])]} if about in known else {}).encode()
            self.send_response(500 if about[0] == broken else 200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing on the terminal of the tests."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield ["-s", "osv", "--osv-url", f"http://127.0.0.1:{server.server_port}/v1/query"]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def few() -> list[str]:
    return [f"{name}=={version}" for name, version in (JINJA, RICH)]


EVERYBODY = {KNOWN: data()["known"]["id"]}


def test_locked_versions_have_no_known_fault() -> None:
    """Asked of the public services. Where none can be reached nothing was looked at, which is said and is no pass."""
    said = answer(locked(), SERVICES)
    code, lines = verdict(said, data()["accepted"])
    if code is Code.NOT_ASKED:
        pytest.skip("\n".join(lines))
    assert code is Code.NONE, "\n".join(lines)


def test_everything_locked_is_asked_about(capsys: pytest.CaptureFixture[str]) -> None:
    """`make audit` as a whole: a fault of a package that only another system installs is found among all the others."""
    colorama = ("colorama", every_pin()["colorama"].version)
    with service({**EVERYBODY, colorama: "PYSEC-2099-1"}) as options:
        assert main(["--service", options[-1]]) == 1
    told = capsys.readouterr().err.splitlines()
    assert told[1:] == [f"  colorama {colorama[1]}: PYSEC-2099-1, CVE-PYSEC-2099-1 — đã sửa ở bản 99.1"]


def test_nothing_found() -> None:
    """Exit code 0 from a service that knows the fault everybody knows, and no other."""
    with service(EVERYBODY) as options:
        code, lines = verdict(answer(few(), [options]))
    assert code is Code.NONE and lines[0].startswith("Không có lỗ hổng nào")


def test_service_without_data_is_no_answer() -> None:
    """One that answers "none" to everything, as a mirror without advisories may, is told from one that looked."""
    with service({}) as options:
        said = answer(few(), [options])
    assert verdict(said)[0] is Code.NOT_ASKED and "PYSEC-2020-96" in said[0].silent[0]


def test_service_that_is_not_there() -> None:
    """No such address: said with the reason, and the next service is asked."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        nowhere = ["-s", "osv", "--osv-url", f"http://127.0.0.1:{taken.getsockname()[1]}/v1/query"]
        with service(EVERYBODY) as options:
            first, second = answer(few(), [nowhere, options])
    assert "Connection refused" in first.silent[0] and second.silent == ()
    assert verdict([first])[0] is Code.NOT_ASKED and verdict([first, second])[0] is Code.NONE


def test_service_that_breaks_down_in_the_middle() -> None:
    """An answer about some of the packages is none."""
    with service(EVERYBODY, broken="rich") as options:
        assert verdict(answer(few(), [options]))[0] is Code.NOT_ASKED


def test_package_nobody_knows_is_not_audited() -> None:
    """pip-audit passes over what it could not look up and exits with 0; here that is no answer, and a fault found beside it is still told."""
    skipped = Answer("x", (Advisory(*JINJA, ("PYSEC-2099-2",), ()),), ("rich could not be audited",))
    assert verdict([skipped])[0] is Code.FOUND
    assert verdict([Answer("x", (), skipped.silent)])[0] is Code.NOT_ASKED


def test_accepted_fault_is_told_but_does_not_stop() -> None:
    """Only for the version it was accepted for, by any of its names."""
    with service({**EVERYBODY, JINJA: "PYSEC-2099-2"}) as options:
        said = [ask(few(), options)]
    accepted = {"package": "jinja2", "version": JINJA[1], "id": "CVE-PYSEC-2099-2", "why": "..."}
    assert verdict(said)[0] is Code.FOUND
    code, lines = verdict(said, [accepted])
    assert code is Code.NONE and "đã chấp nhận" in lines[1]
    assert verdict(said, [{**accepted, "version": "1.0"}])[0] is Code.FOUND


def test_accepted_faults_are_of_locked_versions_and_have_reasons() -> None:
    """An entry goes when its version goes."""
    for entry in data()["accepted"]:
        assert every_pin()[entry["package"]].version == entry["version"] and len(entry["why"]) > 40
        assert is_accepted(Advisory(entry["package"], entry["version"], (entry["id"],), ()), data()["accepted"])
