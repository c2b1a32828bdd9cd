"""Where a thread that goes on tells of its bugs."""

import threading


def to_the_funnel(bug: BaseException) -> None:
    """Where exceptions of threads are reported, although this thread goes on."""
    told = type(bug), bug, bug.__traceback__, threading.current_thread()
    threading.excepthook(threading.ExceptHookArgs(told))
