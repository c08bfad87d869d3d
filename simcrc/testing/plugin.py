"""What pytest loads when simcrc is installed: the option ``--simcrc-update``, the fixture ``simcrc_regression``, a few lines at the end of the tests.

pytest loads this file in every project of the environment, so it imports nothing that takes time; ``regression`` does the work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from simcrc.words import Words, language

if TYPE_CHECKING:
    from simcrc.testing.regression import Regression

OPTION = "--simcrc-update"
NOTICE = "simcrc"
"""Name under which a test leaves lines for the end of the tests, among its ``user_properties``, which travel from the workers of pytest-xdist."""
HELP = Words(fr="refaire les valeurs conservées de simcrc_regression", en="make the stored figures of simcrc_regression anew")


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option."""
    parser.getgroup("simcrc").addoption(OPTION, action="store_true", default=False, help=HELP.say(language()))


@pytest.fixture
def simcrc_regression(request: pytest.FixtureRequest) -> Regression:
    """Compares figures of a scenario with those stored beside the test file; see ``simcrc.testing.regression.Regression``."""
    from simcrc.testing.regression import Regression

    return Regression(request.path, request.node.nodeid, bool(request.config.getoption(OPTION)), _notices(request.node))


def _notices(item: Any) -> Any:
    def leave(line: str) -> None:
        item.user_properties.append((NOTICE, line))

    return leave


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """What the tests left to say: files written, and figures that could not be compared to the last digit."""
    said: dict[str, None] = {}
    for reports in terminalreporter.stats.values():
        for report in reports:
            said.update({line: None for name, line in getattr(report, "user_properties", ()) if name == NOTICE})
    if said:
        terminalreporter.section(NOTICE)
        for line in said:
            terminalreporter.line(line)
