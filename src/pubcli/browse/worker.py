"""Answer questions in a thread with a connection of its own, so that the screen never waits for the database.

A question has a slot, such as `rows`. A newer question in the same slot replaces an older one: if the older one has not
begun, it is dropped; if it is being answered, SQLite is interrupted, and its answers are dropped.
"""

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import suppress
from threading import Condition, Thread
from typing import Any, TypeAlias

from pubcli.errors import PubcliError
from pubcli.store.database import Store

Question: TypeAlias = Callable[[Store], Iterable[Any]]
"""A function that yields one or more answers: for example the first rows, then all of them."""


class Job:
    """A question, and the functions that receive its answers in the thread of the screen."""

    def __init__(
        self, slot: str, question: Question, receive: Callable[[Any], object], refuse: Callable[[PubcliError], object]
    ) -> None:
        self.slot = slot
        self.question = question
        self.receive = receive
        self.refuse = refuse
        """A function that is called with the error of a question that is not valid."""
        self.is_outdated = False


Delivery: TypeAlias = Callable[[Job, Any], object]
"""A function that passes an answer, or an error, of a job from the worker's thread to the thread of the screen."""


class Worker(Thread):
    """A thread that opens a store and answers questions one after the other."""

    def __init__(self, connect: Callable[[], Store], deliver: Delivery) -> None:
        super().__init__(daemon=True)
        self._connect, self._deliver = connect, deliver
        self._waiting: dict[str, Job] = {}
        self._running: Job | None = None
        self._store: Store | None = None
        self._changed = Condition()
        self._is_closed = False

    def ask(self, job: Job) -> None:
        """Answer a question, and drop an older one in its slot."""
        with self._changed:
            self._drop(job.slot)
            self._waiting[job.slot] = job
            self._changed.notify()

    def drop(self, slot: str) -> None:
        """Drop the question in a slot, if there is one."""
        with self._changed:
            self._drop(slot)

    def close(self) -> None:
        """End the thread. A question that is being answered is interrupted."""
        with self._changed:
            self._is_closed = True
            for slot in [*self._waiting, *([self._running.slot] if self._running else [])]:
                self._drop(slot)
            self._changed.notify()

    def _drop(self, slot: str) -> None:
        if waiting := self._waiting.pop(slot, None):
            waiting.is_outdated = True
        if self._running and self._running.slot == slot:
            self._running.is_outdated = True
            if self._store is not None:
                self._store.interrupt()

    def run(self) -> None:
        """Open the store and answer questions until `close` is called."""
        try:
            self._store = self._connect()
        except Exception as error:  # the screen ends with this error
            self._deliver(Job("connection", lambda _: (), _ignore, _ignore), error)
            return
        while (job := self._next()) is not None:
            self._answer(self._store, job)
        with suppress(sqlite3.Error):
            self._store.close()

    def _next(self) -> Job | None:
        """Wait for a question. Return None after `close`."""
        with self._changed:
            self._running = None
            self._changed.wait_for(lambda: self._waiting or self._is_closed)
            if self._is_closed:
                return None
            slot = next(iter(self._waiting))
            self._running = self._waiting.pop(slot)
            return self._running

    def _answer(self, store: Store, job: Job) -> None:
        try:
            for answer in job.question(store):
                if job.is_outdated:
                    return
                self._deliver(job, answer)
        except Exception as error:
            # An interrupted statement raises an error of SQLite; a function in SQL turns it into another one.
            if not job.is_outdated:
                self._deliver(job, error)


def _ignore(_: object) -> None:
    pass
