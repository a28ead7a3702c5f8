"""What a command costs: wall time, CPU time, and memory of its whole process tree."""

import resource
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

_PAUSE_S = 0.2


@dataclass(frozen=True, slots=True)
class Cost:
    """The cost of one run.

    `rss_bytes` is the peak of the summed resident memory, shared pages counted once a
    process; `pss_bytes` shares them out, where the system can say (0 elsewhere).
    """

    wall_s: float
    cpu_s: float
    rss_bytes: int = 0
    pss_bytes: int = 0


def cpu_seconds(
    command: Sequence[str],
    *,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
) -> float:
    """The CPU time of a command that must succeed, its children included."""
    before = _children_cpu()
    subprocess.run(command, cwd=cwd, env=env, check=True, capture_output=True)
    return _children_cpu() - before


def cost(command: Sequence[str], *, cwd: Path | None = None) -> Cost:
    """The cost of a command that must succeed, its children included."""
    before, start = _children_cpu(), time.perf_counter()
    with subprocess.Popen(
        command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as process:
        watch = _Watch(process.pid)
        watch.start()
        _, errors = process.communicate()
        wall = time.perf_counter() - start
        watch.ended.set()
        watch.join()
    if process.returncode:
        raise RuntimeError(f"{command[:4]} failed: {errors.decode()[-2000:]}")
    # A process that its own parent does not wait for is missing from the first sum.
    cpu = max(_children_cpu() - before, sum(watch.cpu.values()))
    return Cost(wall, cpu, watch.rss, watch.pss)


def _children_cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


class _Watch(threading.Thread):
    """Looks at a process and all below it until it is told that they ended."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.root = psutil.Process(pid)
        self.ended = threading.Event()
        self.rss = self.pss = 0
        self.cpu: dict[int, float] = {}

    def run(self) -> None:
        while not self.ended.wait(_PAUSE_S):
            try:
                tree = [self.root, *self.root.children(recursive=True)]
            except psutil.NoSuchProcess:
                return
            found = [self._look(process) for process in tree]
            self.rss = max(self.rss, sum(rss for rss, _ in found))
            self.pss = max(self.pss, sum(pss for _, pss in found))

    def _look(self, process: psutil.Process) -> tuple[int, int]:
        try:
            memory, times = process.memory_full_info(), process.cpu_times()
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            return 0, 0
        self.cpu[process.pid] = times.user + times.system
        return memory.rss, getattr(memory, "pss", 0)
