"""Folder of .docx, folder for .pdf, number of servers -> every file converted by unoserver (runs in an environment of its own)."""

from __future__ import annotations

import queue
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

FIRST_PORT = 23010
START_SECONDS = 60


def main(sources: Path, targets: Path, scratch: Path, servers: int) -> int:
    """One client for each server, all taking from one list; exit code 1 when a file fails or a server does not start."""
    files: queue.SimpleQueue[Path] = queue.SimpleQueue()
    for path in sorted(sources.glob("*.docx")):
        files.put(path)
    running = [_server(scratch / str(i), FIRST_PORT + 2 * i) for i in range(servers)]
    faults: list[str] = []
    try:
        clients = [threading.Thread(target=_client, args=(FIRST_PORT + 2 * i, files, targets, faults)) for i in range(servers)]
        for client in clients:
            client.start()
        for client in clients:
            client.join()
    finally:
        for server in running:
            server.terminate()
        for server in running:
            server.wait(30)
    print("\n".join(faults), file=sys.stderr)
    return 1 if faults else 0


def _server(profile: Path, port: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "unoserver.server", "--port", str(port), "--uno-port", str(port + 1), "--quiet"]
    return subprocess.Popen([*command, "--user-installation", str(profile)])


def _client(port: int, files: queue.SimpleQueue[Path], targets: Path, faults: list[str]) -> None:
    from unoserver.client import UnoClient  # type: ignore[import-not-found]  # here: the project's own environment has none

    if not _answers(port):
        faults.append(f"the server at port {port} did not start")
        return
    client = UnoClient(port=str(port))
    while not faults:
        try:
            path = files.get_nowait()
        except queue.Empty:
            return
        try:
            client.convert(inpath=str(path), outpath=str(targets / f"{path.stem}.pdf"))
        except Exception as error:  # whatever a server answers: told, and the run is not valid
            faults.append(f"{path.name}: {error}")


def _answers(port: int) -> bool:
    """Looked for often: the client's own patience is ten seconds a time."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return True
        except OSError:
            time.sleep(0.05)
    return False


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4])))
