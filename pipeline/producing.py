"""Orders for dossiers -> every file of each, from what the order holds and nothing else: documents in batches across dossiers, then each bundle."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from pathlib import Path

from pipeline.batching import settled
from pipeline.bundling import Bound, BoundPart, BundleOrder, bind
from pipeline.cores import Cores
from pipeline.making import DocumentOrder, Fault, Made, trial
from pipeline.model.files import DossierPlan


@dataclass(frozen=True)
class DossierOrder:
    """Everything the files of one dossier are made from.

    `plan`: without the documents' fields, which `make` holds for those to be made; `kept`: the others as published, by stem.
    """

    plan: DossierPlan
    make: tuple[DocumentOrder, ...]
    kept: Mapping[str, BoundPart]
    secrecy: str
    declared: dt.datetime


@dataclass(frozen=True)
class Delivery:
    """A dossier's files by stem, those that were to be made; the bundle over all; faults (then there is no bundle)."""

    folder: str
    made: Mapping[str, Made] = field(default_factory=dict)
    bundle: Bound = Bound()
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Means:
    """With what: the LibreOffice to call, a folder for scratch files (None = the machine's own), who is told of progress and seconds spent."""

    program: str
    scratch: Path | None = None
    step: Callable[[int], None] = lambda count: None
    tell: Callable[[Mapping[str, float]], None] = lambda seconds: None


def produce(orders: Iterable[DossierOrder], expected: int, cores: Cores, means: Means) -> Iterator[Delivery]:
    """Deliveries as they are done. `orders` are drawn as workers become free, so that few are in memory; those with nothing to make come last.

    `expected`: documents there will be, for the size of batches. Raises OutputError when LibreOffice does nothing at all.
    """
    return _Producing(orders, cores, means).run(expected)


def produce_one(order: DossierOrder, program: str, scratch: Path | None = None) -> Delivery:
    """One dossier by one process, as a machine of a cluster makes it: the same files."""
    (delivery,) = produce([order], len(order.make), Cores(1), Means(program, scratch))
    return delivery


@dataclass
class _Open:
    """A dossier whose documents are not all there yet."""

    order: DossierOrder
    made: dict[str, Made] = field(default_factory=dict)


@dataclass(frozen=True)
class _Binding:
    """A dossier whose bundle is on its way; no order = it has faults."""

    delivery: Delivery
    order: BundleOrder | None
    future: Future[Bound]


class _Producing:
    def __init__(self, orders: Iterable[DossierOrder], cores: Cores, means: Means) -> None:
        self.orders, self.cores, self.means = iter(orders), cores, means
        self.open: dict[str, _Open] = {}
        self.binding: list[_Binding] = []

    def run(self, expected: int) -> Iterator[Delivery]:
        how = replace(trial(self.means.program, self.means.scratch), tell=self.means.tell)
        for made in settled(how, self._documents(), expected, self.cores):
            self.means.step(1)
            dossier = self.open[made.name.split("/")[0]]
            dossier.made[made.name.split("/", 1)[1]] = made
            if len(dossier.made) == len(dossier.order.make):
                self._close(dossier)
            yield from self._bound(0)
        for order in self.orders:
            self._close(_Open(order))
            yield from self._bound(0 if len(self.binding) < 2 * self.cores.workers else 1)
        yield from self._bound(len(self.binding))

    def _documents(self) -> Iterator[DocumentOrder]:
        for order in self.orders:
            if not order.make:
                self.orders = chain([order], self.orders)
                return
            self.open[order.plan.folder] = _Open(order)
            yield from order.make

    def _close(self, dossier: _Open) -> None:
        """All documents are there: the bundle over them, unless one has a fault."""
        order = dossier.order
        self.open.pop(order.plan.folder, None)
        delivery = Delivery(order.plan.folder, dossier.made, faults=tuple(m.fault for m in dossier.made.values() if m.fault))
        if delivery.faults:
            self.binding.append(_Binding(delivery, None, Future()))
        else:
            parts = tuple(_part(dossier.made.get(d.stem)) or order.kept[d.stem] for d in order.plan.documents)
            bundle = BundleOrder(order.plan, parts, order.secrecy, order.declared)
            self.binding.append(_Binding(delivery, bundle, self.cores.submit(partial(bind, scratch=self.means.scratch), bundle)))

    def _bound(self, wait_for: int) -> Iterator[Delivery]:
        """Those that are done, and the first `wait_for` of the others."""
        for number, entry in enumerate(list(self.binding)):
            if entry.order is None or number < wait_for or entry.future.done():
                self.binding.remove(entry)
                bound = self._outcome(entry.order, entry.future) if entry.order else Bound()
                faults = entry.delivery.faults + ((bound.fault,) if bound.fault else ())
                yield replace(entry.delivery, bundle=bound, faults=faults)

    def _outcome(self, order: BundleOrder, future: Future[Bound]) -> Bound:
        """A worker may have died over something else: then the bundle is bound here."""
        try:
            return future.result()
        except BrokenProcessPool:
            self.cores.renew()
            return bind(order, self.means.scratch)


def _part(made: Made | None) -> BoundPart | None:
    return BoundPart(made.pdf, made.pages, {f.name: f.page + 1 for f in made.to_sign}) if made else None
