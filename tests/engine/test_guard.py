"""A document that crashes, hangs or outgrows memory costs itself, in real child processes."""

from __future__ import annotations

import subprocess
import sys
import textwrap
import time

import pytest

from pipeline.engine import guard, jobobject, maps, watchdog
from pipeline.engine.guard import ChildDeathError, Guard
from pipeline.engine.maps import Task

CHILD = """
import os, sys, time
from pipeline.engine import child
inp, out = sys.stdin.buffer, sys.stdout.buffer
def told(data): return len(data).to_bytes(8, "big") + data
GARBAGE = {
    "words": told("不是 JSON".encode()), "half": told(b"{}")[:9], "list": told(b"[1, 2]"), "none": told(b""),
    "deep": told(b"[" * 100_000), "huge": b"\\xff" * 12, "bytes": told(b"\\xff\\xfe\\x00"),
    "noise": b"GIF89a\\r\\n" * 99,
    "state": told(b'{"source": {"state": "splendid", "sha256": ""}, "rows": null}'),
}
child.receive(inp)
child.cap_memory(300)
child.send(out, {"ready": True})
while (request := child.receive(inp)) is not None:
    for deed in request["deeds"][request.get("skip", 0):]:
        if len(request["deeds"]) > 1:
            child.send(out, {"next": deed})
        if deed == "sleep": time.sleep(60)
        if deed == "exit": os._exit(3)
        if deed == "segfault": os.kill(os.getpid(), 11)
        if deed == "raise": raise RuntimeError("a bug")
        if deed in GARBAGE: out.write(GARBAGE[deed]); out.flush()
        if deed == "print": print("x" * 10, file=sys.stderr)
        if deed == "memory":
            try: held = bytearray(2_000_000_000)
            except MemoryError: child.send(out, {"crash": "memory"}); continue
        child.send(out, {"member": deed, "source": {"state": "ok", "sha256": ""}, "rows": None})
    child.send(out, {"end": True})
"""


@pytest.fixture
def running(tmp_path):
    script = tmp_path / "child.py"
    script.write_text(textwrap.dedent(CHILD), encoding="utf-8")
    made = Guard(None, seconds=1.0, memory_mb=300, command=(sys.executable, str(script)))
    yield made
    made.close()


@pytest.mark.parametrize(
    ("deed", "cause"), [("sleep", "timeout"), ("exit", "crash"), ("segfault", "crash"), ("raise", "crash")]
)
def test_a_death_has_a_cause_and_the_next_document_is_read(running, deed, cause):
    with pytest.raises(ChildDeathError) as death:
        list(running.ask({"deeds": [deed]}))
    assert death.value.cause == cause
    assert [answer["source"]["state"] for answer in running.ask({"deeds": ["fine"]})] == ["ok"]


@pytest.mark.parametrize("deed", ["words", "half", "list", "none", "deep", "huge", "bytes", "noise", "state"])
def test_a_child_that_talks_nonsense_costs_its_document_only(running, deed):
    answers = [answer for each in (deed, "fine") for answer in maps.guarded(running, Task({"deeds": [each]}))]
    assert [(answer["source"]["state"], answer["source"].get("cause")) for answer in answers] in (
        [("failed", "crash"), ("ok", None)],
        [("failed", "timeout"), ("ok", None)],  # half an answer: the rest is waited for
    )
    assert answers[0]["source"]["message"]


@pytest.mark.parametrize(("deed", "cause"), [("exit", "crash"), ("sleep", "timeout"), ("memory", "memory")])
def test_in_an_archive_only_the_member_at_hand_is_lost(running, deed, cause):
    task = Task({"deeds": ["a", deed, "b"], "sha256": "0"})
    answers = list(maps.guarded(running, task))
    assert [(answer["member"], answer["source"]["state"]) for answer in answers] == [
        ("a", "ok"), (deed, "failed"), ("b", "ok"),
    ]  # fmt: skip
    assert answers[1]["source"]["cause"] == cause
    assert answers[1]["source"]["message"]


def test_a_child_that_cannot_start_is_a_fault_of_ours(tmp_path):
    broken = Guard(None, seconds=1.0, memory_mb=300, command=(sys.executable, "-c", "raise SystemExit(9)"))
    with pytest.raises(RuntimeError):
        list(broken.ask({"deeds": []}))


def test_an_answer_that_blows_up_is_not_taken(running, monkeypatch):
    list(running.ask({"deeds": ["fine"]}))
    monkeypatch.setattr(guard, "MOST", 10)
    with pytest.raises(ChildDeathError):
        list(running.ask({"deeds": ["fine"]}))


class Kernel:
    """Stands for kernel32: remembers what it was told."""

    def __init__(self):
        self.told = []

    def CreateJobObjectW(self, *args):
        return 77

    def SetInformationJobObject(self, job, kind, data, size):
        self.told.append((job, kind, len(data), size))

    def AssignProcessToJobObject(self, job, handle):
        self.told.append((job, handle))


def test_on_windows_the_child_goes_into_a_job_with_a_memory_limit():
    class Child:
        _handle = 5

    kernel = Kernel()
    assert jobobject.assign(Child(), 512, kernel) == 77
    assert kernel.told == [(77, 9, 144, 144), (77, 5)]


# --- the watchdog -------------------------------------------------------------------------------------------------


@pytest.fixture
def sleeper():
    running = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True)
    yield running
    running.kill()
    running.wait()


def test_who_answers_in_time_lives_and_who_is_late_is_killed(sleeper):
    watched = watchdog.Watchdog(sleeper)
    for _ in range(200):
        watched.begin(0.5)
        assert not watched.end()
    time.sleep(0.8)
    assert sleeper.poll() is None
    watched.begin(0.1)
    assert sleeper.wait(10) != 0
    assert watched.end()
    watched.close()


def test_a_short_wait_after_a_long_one_is_not_slept_through(sleeper):
    watched = watchdog.Watchdog(sleeper)
    watched.begin(100.0)
    time.sleep(0.1)
    assert not watched.end()
    watched.begin(0.1)
    assert sleeper.wait(10) != 0
    assert watched.end()
    watched.close()


def test_nobody_is_killed_after_the_watch(sleeper):
    watched = watchdog.Watchdog(sleeper)
    watched.begin(0.2)
    watched.close()
    time.sleep(0.5)
    assert sleeper.poll() is None
