"""Set up everything from a bare Python, in one command, and run the main job or the tests.

    python3 kg/quickstart.py [PATH ...]    install into .venv, load the demonstration (and what PATH names), serve it
    python3 kg/quickstart.py test          install with the development tools, run every check

A second run finds the environment as it has to be and starts at once. This file is run as a script before
anything is installed: it uses the standard library only and imports nothing of the package.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy", "--strict", "kg"),
    ("pytest", "-n", "auto"),
)


def main(arguments: list[str]) -> int:
    """Install what is missing, then run the checks or the demonstration; return its exit status."""
    if sys.version_info < (3, 11):  # noqa: UP036  # the very check that an older Python must reach
        print(f"error: Python 3.11 or newer is needed, this is {sys.version.split()[0]}", file=sys.stderr)
        return 69
    testing = arguments == ["test"]
    try:
        install("dev" if testing else "")
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"error: setting up {VENV} failed: {error}; remove that folder and run again", file=sys.stderr)
        return 69
    if not testing:
        return run("kg", "demo", *arguments)
    return next((status for check in CHECKS if (status := run(*check))), 0)


def install(extra: str) -> None:
    """Make the environment, unless it was made from these very sources and has *extra* in it already."""
    wanted = sources()
    stamp = VENV / f"ready-{extra or 'run'}"
    if any(ready.read_text() == wanted for ready in (stamp, VENV / "ready-dev") if ready.is_file()):
        return
    print(f"Setting up {VENV} (once, a minute or two) ...", file=sys.stderr)
    if not (BIN / ("python.exe" if os.name == "nt" else "python")).exists():
        venv.create(VENV, with_pip=True)
    target = f"{ROOT}[{extra}]" if extra else str(ROOT)
    pip = [str(BIN / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--editable", target]
    subprocess.run(pip, check=True)
    stamp.write_text(wanted)


def sources() -> str:
    """Return a hash of what the environment is made from: the dependencies, and the front end that is built with it."""
    front = ROOT / "kg" / "web" / "frontend"
    files = [ROOT / "pyproject.toml", *(front / name for name in ("package-lock.json", "vite.config.ts", "plugins.ts"))]
    files += sorted(path for path in (front / "src").rglob("*") if path.is_file())
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def run(command: str, *arguments: str) -> int:
    """Run *command* of the environment at the top of the checkout; return its exit status."""
    print("$", command, *arguments, file=sys.stderr)
    try:
        return subprocess.run([str(BIN / command), *arguments], cwd=ROOT, check=False).returncode
    except KeyboardInterrupt:  # the command got the signal too, and has ended in its own way
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
