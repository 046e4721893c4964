"""What the benchmark scripts share: environments of their own, runs that print one line of JSON, spreads."""
import ctypes
import json
import os
import pathlib
import signal
import statistics
import subprocess
import sys
import venv


class Environment:
    """A virtual environment, made when something is first installed into it.

    `base` names another interpreter whose packages can be imported too (Debian's python3-torch, say).
    """

    def __init__(self, folder: pathlib.Path, base: str | None = None):
        self.folder = folder
        self.base = base

    @property
    def python(self) -> str:
        return str(self.folder / "bin" / "python")

    def install(self, packages: list[str], *alone: str) -> str:
        """Returns the interpreter; `alone` are installed without what they ask for."""
        ready = self.folder / ("ready-" + "-".join([*packages, *alone]).replace("/", "_"))
        if not ready.exists():
            print(f"installing {', '.join([*packages, *alone])} into {self.folder}", file=sys.stderr, flush=True)
            if self.base:
                subprocess.run([self.base, "-m", "venv", "--system-site-packages", str(self.folder)], check=True)
            else:
                venv.create(self.folder, with_pip=True)
            pip = [self.python, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
            subprocess.run([*pip, *packages], check=True)
            if alone:
                subprocess.run([*pip, "--no-deps", *alone], check=True)
            ready.touch()
        return self.python


def end_with_parent() -> None:
    """Linux ends this process when the one that started it ends, however that happens."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG


def run_json(command: list[str], **variables: str) -> dict:
    """The last line that `command` prints, as JSON. OpenMP's idle threads sleep, for all programs alike."""
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, preexec_fn=end_with_parent,
                          env=dict(os.environ, OMP_WAIT_POLICY="passive", **variables))
    return json.loads(done.stdout.strip().splitlines()[-1])


def spread(values: list[float]) -> str:
    return f"{statistics.median(values):.4g} [{min(values):.4g}-{max(values):.4g}]"


def run_script(main) -> None:
    """Runs `main`; Ctrl+C, SIGTERM and the end of the caller end what it has started and remove its files."""
    end_with_parent()
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
    except (OSError, ValueError, subprocess.CalledProcessError) as error:
        sys.exit(f"the comparison stopped: {error}")
