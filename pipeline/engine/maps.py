"""An engine is a map: tasks in, answers out, in whatever order they are done. All engines give the same rows."""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.engine.guard import ChildDeathError, Guard
from pipeline.errors import InputError

SMALL = 60  # files that are not worth another process's start


@dataclass(frozen=True, slots=True)
class Task:
    """One file to read: ``request`` is what the child is asked (location, path, sha256)."""

    request: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Work:
    """How tasks are to be done: the settings file, workers (0 = per core), and the limits of one document."""

    settings: str | None
    workers: int
    seconds: float
    memory_mb: int


Answered = tuple[Task, dict[str, Any]]
Engine = Callable[[Sequence[Task], Work, str], Iterator[Answered]]

_MESSAGES = {
    "timeout": "没有在规定时间内读完; 可在设置里加大 limits.seconds",
    "memory": "超过了内存上限; 可在设置里加大 limits.memory_mb",
    "crash": "读取进程崩溃; 文件多半已损坏, 请用 Word 或 WPS 打开另存后再试",
}


def guarded(guard: Guard, task: Task) -> Iterator[dict[str, Any]]:
    """The answers for one task, a death being one too; a document that timed out is tried once more.

    In an archive a death costs the member at hand; the rest is read by the next child.
    """
    done, again = 0, True
    while True:
        at = None
        try:
            for answer in guard.ask(task.request | {"skip": done}):
                if "next" in answer:
                    at = answer["next"]
                    continue
                if "crash" in answer:
                    raise ChildDeathError(answer["crash"], "")
                yield answer
                if "member" in answer:
                    done, again, at = done + 1, True, None
            return
        except ChildDeathError as death:
            guard.close()
            if death.cause == "timeout" and again:
                again = False
                continue
            yield _dead(task, death.cause, str(death), at)
            if at is None:
                return
            done, again = done + 1, True


def _dead(task: Task, cause: str, detail: str, member: str | None) -> dict[str, Any]:
    message = "; ".join(filter(None, (detail, _MESSAGES[cause])))
    source = {"sha256": task.request.get("sha256", ""), "state": "failed", "cause": cause, "message": message}
    return {"source": source, "rows": None} | ({"member": member, "bytes": 0} if member is not None else {})


def alone(tasks: Sequence[Task], work: Work, address: str = "") -> Iterator[Answered]:
    """In this very process, one after another: for debugging; nothing protects against a crash."""
    from pipeline.engine import process, tools  # the rooms are heavy: whoever drives children never loads them

    ready = tools.ready(work.settings)
    for task in tasks:
        for answer in process.answers(task.request, ready):
            if "next" not in answer:
                yield task, answer


def local(tasks: Sequence[Task], work: Work, address: str = "") -> Iterator[Answered]:
    """Threads that each drive one disposable child process."""
    if not tasks:
        return
    todo: queue.SimpleQueue[Task] = queue.SimpleQueue()
    for task in tasks:
        todo.put(task)
    done: queue.SimpleQueue[Answered | BaseException | None] = queue.SimpleQueue()
    slots = min(work.workers or os.cpu_count() or 1, 1 + len(tasks) // SMALL)
    stop = threading.Event()
    threads = [threading.Thread(target=_drive, args=(todo, done, work, stop), daemon=True) for _ in range(slots)]
    for thread in threads:
        thread.start()
    try:
        yield from _answers(done, slots)
    finally:
        stop.set()


def _answers(done: queue.SimpleQueue[Answered | BaseException | None], slots: int) -> Iterator[Answered]:
    while slots:
        answer = done.get()
        if answer is None:
            slots -= 1
        elif isinstance(answer, BaseException):
            raise answer
        else:
            yield answer


def _drive(
    todo: queue.SimpleQueue[Task],
    done: queue.SimpleQueue[Answered | BaseException | None],
    work: Work,
    stop: threading.Event,
) -> None:
    guard = Guard(work.settings, work.seconds, work.memory_mb)
    try:
        while not stop.is_set():
            task = todo.get_nowait()
            for answer in guarded(guard, task):
                done.put((task, answer))
    except queue.Empty:
        pass
    except BaseException as fault:  # handed to the main thread, which raises it
        done.put(fault)
    finally:
        guard.close()
        done.put(None)


ENGINES: dict[str, Engine] = {"local": local, "alone": alone}


def engine(name: str) -> Callable[[Sequence[Task], Work], Iterable[Answered]]:
    """The engine that ``--engine`` names: ``local`` or ``alone``."""
    kind, _, address = name.partition("://")
    if kind not in ENGINES:
        raise InputError(f"--engine {name}: 没有这种引擎; 可用的是 {', '.join(ENGINES)}", cause="usage")
    return lambda tasks, work: ENGINES[kind](tasks, work, address)
