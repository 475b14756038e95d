"""What a process that may die takes upon itself: limits, no network, and an end with its parent.

It is imported at the start of each worker, so it imports as little as it can.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import sys
import time
from contextlib import suppress

__all__ = ["limit", "no_network", "watch"]

_WATCH_SECONDS = 1.0


def watch(parent: int) -> None:
    """End with the parent, even in the midst of a query (the engine lets other threads run)."""
    while os.getppid() == parent:
        time.sleep(_WATCH_SECONDS)
    os._exit(0)


def limit(memory: int, *, files: bool = False) -> None:
    """Limit memory, write no core files (and no *files*), and be the first to go where memory or time is short."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if not files:
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    with suppress(ValueError, OSError):  # macOS knows no such limit
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    with suppress(OSError), open("/proc/self/oom_score_adj", "w") as score:  # noqa: PTH123  # pathlib costs 10 ms at the start
        score.write("1000")


_SOCKET = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
_LOAD, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050001  # SECCOMP_RET_ALLOW; SECCOMP_RET_ERRNO with EPERM


def no_network() -> bool:
    """Give up `socket(2)` for good (seccomp, Linux on x86-64 and ARM64); return whether that is possible here.

    Elsewhere only the look at the query's words (`kg.store.guard`) keeps it from fetching.
    """
    known = _SOCKET.get(platform.machine()) if sys.platform == "linux" else None
    if known is None:
        return False
    architecture, socket_call = known
    program = (
        (_LOAD, 0, 0, 4),  # the architecture
        (_JUMP_IF_EQUAL, 0, 3, architecture),
        (_LOAD, 0, 0, 0),  # the number of the call
        (_JUMP_IF_EQUAL, 1, 0, socket_call),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    )
    code = b"".join(struct.pack("HBBI", *line) for line in program)
    buffer = ctypes.create_string_buffer(code, len(code))
    filters = struct.pack("HxxxxxxP", len(program), ctypes.addressof(buffer))
    libc = ctypes.CDLL(None, use_errno=True)
    no_new_privileges, set_seccomp, mode_filter = 38, 22, 2
    libc.prctl.argtypes = (ctypes.c_int, *[ctypes.c_ulong] * 4)
    if libc.prctl(no_new_privileges, 1, 0, 0, 0) != 0:
        return False
    pointer = ctypes.create_string_buffer(filters, len(filters))
    return bool(libc.prctl(set_seccomp, mode_filter, ctypes.addressof(pointer), 0, 0) == 0)
