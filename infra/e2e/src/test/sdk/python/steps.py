"""The report of the program: a line per step, and the end at the first failure."""

import inspect
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import contextmanager
from typing import Any

from scaleway_core.api import ScalewayException

PATIENCE_SECONDS = 120


@contextmanager
def step(name: str):
    """One step; any exception ends the program with exit code 1."""
    start = time.monotonic()
    try:
        yield
    except Exception:
        print(f"FAILED {name}", file=sys.stderr)
        traceback.print_exc()
        sys.exit(1)
    print(f"ok     {name} ({time.monotonic() - start:.1f} s)")


def equal(what: str, actual: Any, expected: Any) -> None:
    if actual != expected:
        raise AssertionError(f"{what}: expected {expected!r}, not {actual!r}")


def expect(holds: bool, what: str) -> None:
    if not holds:
        raise AssertionError(what)


def refused(status: int, kind: str, call: Callable[[], Any]) -> dict[str, Any]:
    """The body of the error of a call that must fail: this SDK has one class for all errors."""
    try:
        answer = call()
    except ScalewayException as error:
        equal("status", error.status_code, status)
        body = error.response.json()
        equal("type", body.get("type", ""), kind)
        expect(bool(body["message"]), "no message")
        return body
    raise AssertionError(f"expected {kind}, not the answer {answer!r}")


def eventually(ask: Callable[[], Any], check: Callable[[Any], bool]) -> Any:
    """Repeats the call until its response passes the check."""
    end = time.monotonic() + PATIENCE_SECONDS
    while True:
        answer = ask()
        if check(answer):
            return answer
        expect(time.monotonic() < end, f"not within {PATIENCE_SECONDS} s, at last {answer!r}")
        time.sleep(0.5)


class Recorded:
    """An API object that counts the calls of its operations, also those that it makes itself."""

    def __init__(self, api: Any):
        self.operations = sorted(
            name
            for name, operation in vars(type(api)).items()
            if inspect.isfunction(operation)
        )
        self.called: set[str] = set()
        for name in self.operations:
            setattr(api, name, self._counted(name, getattr(api, name)))

    def _counted(self, name: str, operation: Callable[..., Any]) -> Callable[..., Any]:
        def count(**arguments: Any) -> Any:
            self.called.add(name)
            return operation(**arguments)

        return count

    def missed(self) -> list[str]:
        return [name for name in self.operations if name not in self.called]
