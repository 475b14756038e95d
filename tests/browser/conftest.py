"""A store of the demonstration, a server over it, and the system's own chromium, whose console is listened to."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kg.web.assets import bundle_files

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "kg" / "web" / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
REFUSED = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d")
"""What chromium says of every answer that is an error, also of one that the page asked for and shows."""


def start_server(store):
    command = [sys.executable, "-m", "kg", "serve", "--store", str(store), "--port", "0"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    line = process.stdout.readline()
    assert " at http://127.0.0.1:" in line
    return line.split()[-1].rstrip("/"), process


def stop_server(process):
    process.terminate()
    process.wait(20)
    process.stdout.close()


@pytest.fixture(scope="session")
def load():
    """Load files with `kg load`, as people do."""

    def run(store, *paths):
        command = [sys.executable, "-m", "kg", "load", *map(str, paths), "--store", str(store)]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)

    return run


@pytest.fixture(scope="session")
def site(tmp_path_factory, load):
    """The address of a server over the demonstration."""
    store = tmp_path_factory.mktemp("browser") / "store"
    load(store, ROOT / "kg" / "demo" / "readouts")
    address, process = start_server(store)
    yield address
    stop_server(process)


@pytest.fixture
def serve():
    """Start further servers, which are stopped at the end of the test."""
    processes = []

    def start(store):
        address, process = start_server(store)
        processes.append(process)
        return address

    yield start
    for process in processes:
        stop_server(process)


@pytest.fixture(scope="session")
def chromium():
    """The browser, where there is one and something to show in it."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: the extra dev has it")
    if CHROMIUM is None:
        pytest.skip("there is no chromium on the PATH")
    if not bundle_files():
        pytest.skip("the front end was not built: see kg/web/frontend/README.md")
    api.expect.set_options(timeout=30_000)
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium):
    """Open pages in a fresh browser; what the console says, but for answers that are errors, fails the test."""
    contexts, said = [], []

    def heard(message):
        if message.type in ("error", "warning") and not REFUSED.match(message.text):
            said.append(f"{message.text} ({message.location.get('url')})")

    def open_page(address, width=1440, height=900, **options):
        context = chromium.new_context(viewport={"width": width, "height": height}, **options)
        context.set_default_timeout(30_000)  # the machine may have much else to do
        contexts.append(context)
        page = context.new_page()
        page.on("console", heard)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not said


@pytest.fixture(scope="session")
def findings():
    """What axe finds on a page that is serious or worse."""
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: run npm ci in kg/web/frontend")
    script = AXE.read_text(encoding="utf-8")

    def find(page):
        page.evaluate(script)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        worse = (each for each in found if each["impact"] in ("serious", "critical"))
        return [(each["id"], node["target"], node["failureSummary"]) for each in worse for node in each["nodes"]]

    return find
