"""What the commands say: one line a step, with its time."""

import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

WIDTH = 12


def say(text: str = "", *, end: str = "\n", error: bool = False) -> None:
    """Print at once; when the reader has gone (`| head`, a closed terminal) the work goes on unheard."""
    stream = sys.stderr if error else sys.stdout
    try:
        print(text, end=end, file=stream, flush=True)
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


class Step:
    """One line of the output; `note` is what it says when the step is over."""

    def __init__(self, head: str) -> None:
        self.note = ""
        self._head = head

    def show(self, text: str) -> None:
        """On a terminal: how far it is."""
        if sys.stdout.isatty():
            room = shutil.get_terminal_size().columns - len(self._head) - 1
            say(f"\r\033[K{self._head} {text[: max(room, 0)]}", end="")


@contextmanager
def step(name: str, doing: str) -> Iterator[Step]:
    """Say what begins (on a terminal), then in the same place what came of it and how long it took."""
    terminal = sys.stdout.isatty()
    begin, current = time.monotonic(), Step(f"  {name:<{WIDTH}} {doing} …")
    current.show("")
    try:
        yield current
    except BaseException:
        say(" stopped" if terminal else f"  {name:<{WIDTH}} {doing}: stopped")
        raise
    line = f"  {name:<{WIDTH}} {current.note or doing}  {time.monotonic() - begin:.1f} s"
    say(f"\r\033[K{line}" if terminal else line)
