"""Orders for dossiers -> deliveries, made by the machines of a Dask cluster that are equal to this one; the same files as made here.

The unit of work is one dossier (`producing.produce_one`): inputs go along by content, nothing is read from the other machine but its LibreOffice and fonts.
Whoever can reach the scheduler can run programs on its machines: a cluster belongs on a closed network, or speaks TLS.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from pipeline.keys import Machine, this_machine
from pipeline.problems import EnvironmentFault, PipelineError
from pipeline.producing import Delivery, DossierOrder, produce_one
from pipeline.signoff.office import find_office

CONNECT_SECONDS, LOOK_SECONDS, PATIENCE = 15, 5, 12  # looks at the machines without one of them being there
AHEAD = 3  # dossiers in hand for each worker: enough to keep it busy, few enough for the memory of this machine
DIFFERS = {
    "office": "LibreOffice khác",
    "fonts": "phông chữ khác",
    "code": "mã chương trình khác",
    "libraries": "thư viện Python khác phiên bản",
}


@dataclass(frozen=True)
class Refused:
    """A machine that cannot work along."""

    reason: str


class Cluster:
    """`with Cluster("tcp://host:8786", this_machine()) as cluster`; `refused`: machines that were given no work, in words."""

    def __init__(self, address: str, machine: Machine) -> None:
        self.address, self.machine = address, machine
        self.refused: tuple[str, ...] = ()
        self.workers: dict[str, str] = {}  # address of each worker that may be given work -> how it is called
        self.client: Any = None

    def __enter__(self) -> Cluster:
        """Raises EnvironmentFault when nobody answers, or no machine there is equal to this one."""
        try:
            from distributed import Client
        except ImportError as error:
            raise EnvironmentFault("máy này chưa cài phần chạy trên cụm máy — chạy make setup CLUSTER=1") from error
        try:
            self.client = Client(self.address, timeout=CONNECT_SECONDS)
        except (OSError, TimeoutError, ValueError) as error:
            raise EnvironmentFault(
                f"không kết nối được cụm máy «{self.address}» — kiểm tra địa chỉ, xem máy chủ điều phối đã chạy chưa"
            ) from error
        if not self._look():
            self.client.close()
            raise EnvironmentFault(
                f"cụm máy «{self.address}» không có máy nào dùng được: {'; '.join(self.refused) or 'chưa có máy nào vào cụm'}"
            )
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.client.close()

    def produce(self, orders: Iterable[DossierOrder], step: Callable[[int], None]) -> Iterator[Delivery]:
        """Deliveries as they are done. A dossier whose worker is lost goes to another; one that no machine could make is made here."""
        waiting = iter(orders)
        running: dict[Any, DossierOrder] = {}
        while True:
            while len(running) < AHEAD * len(self.workers) and (order := next(waiting, None)) is not None:
                running[self._send(order)] = order
            if not running:
                return
            for future in self._done(running):
                order = running.pop(future)
                yield self._delivery(future, order)
                step(len(order.make))

    def _send(self, order: DossierOrder) -> Any:
        return self.client.submit(_made_there, order, pure=False, workers=list(self.workers), allow_other_workers=False)

    def _done(self, running: dict[Any, DossierOrder]) -> list[Any]:
        """At least one. Work that waits for machines that are gone is sent to those that have come instead."""
        from distributed import wait

        for _ in range(PATIENCE):
            try:
                return list(wait(list(running), timeout=LOOK_SECONDS, return_when="FIRST_COMPLETED").done)
            except TimeoutError:
                if set(self.workers) & set(self._present()):
                    return []
                if self._look():
                    for future, order in list(running.items()):
                        future.cancel()
                        running[self._send(order)] = running.pop(future)
                    return []
        raise EnvironmentFault(f"cụm máy «{self.address}» không còn máy nào — hồ sơ chưa lập xong giữ bản cũ, chạy lại khi có máy")

    def _delivery(self, future: Any, order: DossierOrder) -> Delivery:
        """What is wrong with a machine is not wrong with the dossier: then it is made here."""
        delivery = future.result() if future.status == "finished" else None
        future.release()
        return delivery if isinstance(delivery, Delivery) else produce_one(order, find_office())

    def _present(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.client.scheduler_info(n_workers=-1)["workers"]
        return found

    def _look(self) -> bool:
        """Asks every machine what it has; keeps those equal to this one."""
        present = self._present()
        answers = self.client.run(_machine_there, on_error="return") if present else {}
        self.workers, refused = {}, []
        for address, worker in sorted(present.items()):
            name = f"{worker['name']} ({worker['host']})"
            if reason := self._unlike(answers.get(address), int(worker["nthreads"])):
                refused.append(f"{name}: {reason}")
            else:
                self.workers[address] = name
        self.refused = tuple(refused)
        return bool(self.workers)

    def _unlike(self, answer: object, threads: int) -> str:
        """Why a machine cannot work along; '' = it can."""
        if isinstance(answer, Refused):
            return answer.reason
        if not isinstance(answer, Machine):
            return f"không chạy được chương trình này ({type(answer).__name__})"
        if threads != 1:
            return f"mỗi tiến trình chạy {threads} luồng, chỉ được một — thêm --nthreads 1"
        return ", ".join(
            f"{words}{self._told(name, answer)}" for name, words in DIFFERS.items() if getattr(answer, name) != getattr(self.machine, name)
        )

    def _told(self, name: str, answer: Machine) -> str:
        return f" ({answer.office}; máy này {self.machine.office})" if name == "office" else ""


def _machine_there() -> Machine | Refused:
    """Runs on a worker."""
    try:
        return this_machine()
    except PipelineError as error:
        return Refused(str(error))


def _made_there(order: DossierOrder) -> Delivery:
    """Runs on a worker, in the folder that Dask cleans when a worker was killed."""
    from distributed import get_worker

    return produce_one(order, find_office(), Path(get_worker().local_directory))
