"""A PostgreSQL server of our own, shared by all processes of a run: there when somebody asks, gone with the run."""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import psycopg

USER = "hosted"

FAST: Mapping[str, str] = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "300",
}
"""What a power cut would not forgive, and no test cuts the power."""


class Server:
    """One server, in a folder of its own and on a socket there: nothing listens on the network.

    It refuses to run as root: then it is Debian's user `postgres` who does.
    """

    def __init__(self, folder: Path, settings: Mapping[str, str] = FAST) -> None:
        self._folder = folder
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None

    def make(self) -> None:
        """Its files. It sorts as most servers do and SQLite does not, so that nothing of ours leans on that."""
        if os.geteuid() == 0:
            shutil.chown(self._folder, "postgres")
        sorts = ("--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-US")
        self._run("initdb", "--pgdata", "data", "--username", USER, "--auth=trust", "--no-sync", *sorts)

    def start(self) -> None:
        """Run it until `stop`, or until this process ends."""
        said = {**self._settings, "listen_addresses": "", "unix_socket_directories": str(self._folder)}
        words = [word for name, value in said.items() for word in ("-c", f"{name}={value}")]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [program("postgres"), "-D", "data", *words],
                cwd=self._folder,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **_as_whom(),
            )
        self._wait()

    def stop(self, by: signal.Signals = signal.SIGQUIT) -> None:
        """At once, unless another signal is said: SIGINT is a restart's, SIGKILL a power cut's."""
        if self._process is not None:
            self._process.send_signal(by)
            self._process.wait()

    def url(self, database: str = "postgres") -> str:
        return url(self._folder, database)

    def _wait(self) -> None:
        assert self._process is not None, "it was started"
        for _ in range(600):
            if self._process.poll() is not None:
                raise RuntimeError((self._folder / "log").read_text(encoding="utf-8"))
            try:
                admin(self._folder).close()
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return
        raise RuntimeError("PostgreSQL does not start")

    def _run(self, name: str, *words: str) -> None:
        done = subprocess.run(
            [program(name), *words], cwd=self._folder, capture_output=True, text=True, check=False, **_as_whom()
        )
        if done.returncode:
            raise RuntimeError(done.stderr)


def url(folder: Path, database: str) -> str:
    """As an operator writes it."""
    return f"postgresql://{USER}@/{database}?host={folder}"


def admin(folder: Path, database: str = "postgres") -> psycopg.Connection[tuple[object, ...]]:
    """A connection whose every statement is a transaction."""
    return psycopg.connect(host=str(folder), user=USER, dbname=database, autocommit=True)


def _as_whom() -> dict[str, str]:
    return {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}


@cache
def program(name: str) -> str:
    """The newest that Debian has, or the one on the path."""
    debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda found: int(found.parts[-3]))
    found = str(debian[-1]) if debian else shutil.which(name)
    if found is None:
        raise RuntimeError("the tests need PostgreSQL, which is not installed: sudo apt-get install -y postgresql")
    return found


def folder(shelf: str | None = "/dev/shm") -> Path:
    """A new folder for a server, in memory where that can be."""
    return Path(tempfile.mkdtemp(prefix="hosted-pages-", dir=shelf if shelf and os.path.isdir(shelf) else None))


@cache
def shared() -> Path:
    """The folder of the run's server, which runs.

    pytest-xdist's processes find it by the name of their run. Whoever comes first has a keeper start it, who stops it
    when the run ends, however that ends: the keeper waits for the process that began the run.
    """
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", "")
    begun = os.getppid() if run else os.getpid()
    shelf = Path("/dev/shm" if os.path.isdir("/dev/shm") else tempfile.gettempdir())
    where = shelf / f"hosted-pages-{run or os.getpid()}"
    with where.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (where / "ready").exists():
            _keep(where, begun)
    return where


def _keep(where: Path, begun: int) -> None:
    keeper = subprocess.Popen(
        [sys.executable, "-m", "tests.support.postgresql", str(where), str(begun)],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert keeper.stdout is not None
    assert keeper.stderr is not None
    if keeper.stdout.readline() != "ready\n":
        raise RuntimeError(keeper.stderr.read())


def main(asked: Sequence[str]) -> None:
    """Keep a server in this folder for as long as that process lives."""
    where, watched = Path(asked[0]), int(asked[1])
    where.mkdir(mode=0o700)
    server = Server(where)
    try:
        server.make()
        server.start()
        (where / "ready").touch()
        print("ready", flush=True)
        while _lives(watched):
            time.sleep(0.2)
    finally:
        server.stop()
        shutil.rmtree(where)
        where.with_suffix(".lock").unlink()


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


if __name__ == "__main__":
    main(sys.argv[1:])
