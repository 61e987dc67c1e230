"""How long `check` takes for each hostile file, and how much room: `make bench-hostile`."""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SECONDS, MEGABYTES = 2.0, 500

LAY = """
import sys
from pathlib import Path
from tests.support import hostile
print(*hostile.lay(Path(sys.argv[1]), sys.argv[2]), sep="\\n")
"""


def main() -> int:
    """Every file in a process of its own; the exit code says whether all stayed within the bounds."""
    program = str(Path(sys.executable).with_name("hosted-pages"))
    beyond = 0
    for name in ("workflows.yaml", "catalog.yaml"):
        with tempfile.TemporaryDirectory() as folder:
            # Laid by another process: a child is counted with what its parent held when it was started.
            laid = subprocess.run([sys.executable, "-c", LAY, folder, name], capture_output=True, text=True, check=True)
            for file in laid.stdout.splitlines():
                if file.startswith("locked/") and os.access(Path(folder, file), os.R_OK):
                    continue  # root reads it, and then it is a good definition like any other
                begun = time.perf_counter()
                child = subprocess.Popen(
                    [program, "check", file], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
                )
                used = resource_of(child)
                took, worked, room = time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
                held = worked <= SECONDS and room <= MEGABYTES
                beyond += not held
                sys.stdout.write(
                    f"{file:36} {took:6.2f} s {worked:6.2f} s CPU {room:6.0f} MB{'' if held else '  beyond'}\n"
                )
                sys.stdout.flush()
    return int(beyond > 0)


def resource_of(child: subprocess.Popen[bytes]) -> resource.struct_rusage:
    """What the child took, once it is over."""
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return used


if __name__ == "__main__":
    sys.exit(main())
