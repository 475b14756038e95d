"""Builds the browser's part into the package, where node is there: a hook of hatchling, the build backend.

`pip install` runs it, so it must neither fail nor hang: without node, or without a network for npm, it warns, and the
pages do without scripts (the editor is a plain text area). ``KG_FRONTEND=0`` leaves the build out.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

__all__ = ["FrontendHook"]

FRONTEND = Path(__file__).resolve().parent
BUILT = FRONTEND.parent / "static" / "build"
LIMIT = 180.0
"""Seconds that npm may take in all."""
COMMANDS = (
    ("ci", "--no-audit", "--no-fund", "--prefer-offline", "--fetch-retries=1", "--fetch-timeout=30000"),
    ("run", "build"),
)


class FrontendHook(BuildHookInterface[Any]):
    """Builds the bundles before a wheel, an editable install or an sdist is made."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build what is not up to date, or say why it is not built."""
        if os.environ.get("KG_FRONTEND", "1") == "0" or current():
            return
        try:
            build(npm())
        except (OSError, RuntimeError, subprocess.SubprocessError) as error:
            kept = "older bundles are used" if (BUILT / "manifest.json").exists() else "pages go without scripts"
            self.app.display_warning(f"the front end was not built, {kept}: {error}")


def current() -> bool:
    """Tell whether the bundles are newer than all that they are made of; as in an sdist, where all is of one age."""
    manifest = BUILT / "manifest.json"
    sources = [FRONTEND / name for name in ("package-lock.json", "vite.config.ts", "plugins.ts")]
    sources += [path for path in (FRONTEND / "src").rglob("*") if path.is_file()]
    return manifest.exists() and max(path.stat().st_mtime for path in sources) <= manifest.stat().st_mtime


def npm() -> str:
    """Return the path of npm.

    Raises:
        RuntimeError: it is not installed.
    """
    found = shutil.which("npm")
    if found is None or shutil.which("node") is None:
        raise RuntimeError("there is no node with npm on the PATH")
    return found


def build(npm: str, limit: float = LIMIT) -> None:
    """Install what `package-lock.json` names and bundle it.

    Raises:
        RuntimeError: npm fails; with what it says.
        subprocess.TimeoutExpired: it takes longer than *limit* seconds.
    """
    for command in COMMANDS:
        process = subprocess.Popen(  # noqa: S603  # npm from the PATH, with arguments of our own
            [npm, *command],
            cwd=FRONTEND,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        try:
            printed, _ = process.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            _end(process)
            raise
        if process.returncode:
            raise RuntimeError(f"npm {command[0]} failed: {_reason(printed) or process.returncode}")


def _reason(printed: str) -> str:
    """Return the line in which npm says what is wrong; further ones are about its log."""
    said = [line.strip() for line in printed.splitlines() if line.strip()]
    return next((line for line in said if "error" in line.lower()), said[-1] if said else "")


def _end(process: subprocess.Popen[str]) -> None:
    """Stop npm together with what it has started."""
    if os.name == "posix":
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.communicate()
