"""Options of the whole suite, and the coverage of the regulation after a run of its cases."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

LONG = ("end_to_end", "faults", "other_law")  # begin first
ALONE = ("test_build.py", "test_faults_publication.py", "test_faults_signing.py")  # each test for itself: what they share lies on the disk

settings.register_profile("fixed", derandomize=True)  # the same examples in every run: a change, not luck, makes a test fail
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))  # HYPOTHESIS_PROFILE=default looks for new ones


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write tests/golden anew instead of comparing")
    parser.addoption("--shuffle", type=int, metavar="SEED", help="tests in an order drawn by lot, the same for the same number")


class Groups(LoadScopeScheduling):
    """For `-n 2`: what a worker takes over is a file, since its tests share what they look at, or one test of a long file."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return nodeid if Path(file).name in ALONE else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Groups:
    return Groups(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The long ones first, so that no worker is left alone with them; or by lot."""
    if (seed := config.getoption("--shuffle")) is not None:
        random.Random(seed).shuffle(items)
        return
    items.sort(key=lambda item: not item.nodeid.startswith(tuple(f"tests/{folder}/" for folder in LONG)))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What was not looked at, in red; what of the regulation the law cases cover, where they were among the tests run."""
    for report in terminalreporter.stats.get("skipped", []):
        if "test_advisories.py" in report.nodeid:
            terminalreporter.section("NOT AUDITED: known vulnerabilities of the libraries", sep="!", red=True, bold=True)
            terminalreporter.write_line(str(report.longrepr[2]) if isinstance(report.longrepr, tuple) else str(report.longrepr))
    reports = [r for kind in ("passed", "failed") for r in terminalreporter.stats.get(kind, [])]
    if not any("test_coverage.py" in getattr(r, "nodeid", "") for r in reports):
        return
    from tests.rating.cases import every_case, rules
    from tests.rating.coverage import summary

    terminalreporter.section("Trường hợp áp dụng Quy định 453-QĐ/TU (tests/law_cases)")
    for line in summary(rules(), [case for _, case in every_case()]):
        terminalreporter.write_line(line)
