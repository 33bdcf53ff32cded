"""Chromium for tests: find or install it, open a page in it, watch what the page does."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from kg.model import Knowledge
from kg.ontology import Ontology
from kg.views import network_page, write_page

PACKAGES = ("chromium", "chromium-driver")
FLAGS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--hide-scrollbars", "--force-device-scale-factor=1"),
)
DESKTOP = (1440, 900)
PHONE = (390, 844)
INSTALL_SECONDS = 300

# Runs before the page's own scripts: whatever an injected script would do to be noticed is written down.
WATCH = """
window.__ran = [];
window.__blocked = [];
for (const name of ["alert", "confirm", "prompt", "print", "open"]) {
  window[name] = (...words) => { window.__ran.push([name, ...words].join(" ")); };
}
document.addEventListener("securitypolicyviolation", (event) => {
  window.__blocked.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
});
"""


def require_browser() -> str:
    """Return the path of chromedriver, installing Chromium where that is allowed; skip the test if there is none.

    Under CI a missing browser is a failure: the tests must run there.
    """
    if not (shutil.which("chromium") and shutil.which("chromedriver")):
        _install()
    driver = shutil.which("chromedriver")
    if driver and shutil.which("chromium"):
        return driver
    reason = f"needs {' and '.join(PACKAGES)}, which are not installed and cannot be installed here"
    return pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)


def _install() -> None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "timeout": INSTALL_SECONDS, "check": False}
    subprocess.run(["apt-get", "update"], **quiet)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "install", "-y", "--no-install-recommends", *PACKAGES], env=environment, **quiet)


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Start a fresh Chromium that is offline, and end it afterwards."""
    driver = require_browser()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        options = webdriver.ChromeOptions()
        for flag in (*FLAGS, f"--user-data-dir={profile}"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        chrome = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
        try:
            yield Browser(chrome)
        finally:
            chrome.quit()


def make_page(folders: pytest.TempPathFactory, knowledge: Knowledge, ontology: Ontology) -> Path:
    """Write the page of a graph, its title hostile, and return where it is."""
    path = folders.mktemp("page") / "page.html"
    write_page(path, network_page(knowledge, ontology, title="Events <script>alert(1)</script>"))
    return path


class Browser:
    """A page in Chromium, and what it did."""

    def __init__(self, chrome: webdriver.Chrome) -> None:
        self.chrome = chrome
        self.command("Network.enable")
        offline = {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
        self.command("Network.emulateNetworkConditions", **offline)
        self.command("Page.addScriptToEvaluateOnNewDocument", source=WATCH)

    def command(self, name: str, **values: Any) -> Any:
        """Send a DevTools command."""
        return self.chrome.execute_cdp_cmd(name, values)

    def open(
        self, path: Path, *, size: tuple[int, int] = DESKTOP, dark: bool = False, scripts: bool = True, hash: str = ""
    ) -> Browser:
        """Open a file; forget what earlier pages did."""
        width, height = size
        self.command(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=size == PHONE
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.command("Emulation.setEmulatedMedia", features=[scheme])
        self.command("Emulation.setScriptExecutionDisabled", value=not scripts)
        self.chrome.get("about:blank")
        self.console()
        self.requests()
        self.chrome.get(path.as_uri() + hash)
        return self

    def run(self, script: str, *values: Any) -> Any:
        """Run a script in the page and return its value."""
        return self.chrome.execute_script(script, *values)

    def console(self) -> list[str]:
        """Return what the console says since last asked."""
        return [row["message"] for row in self.chrome.get_log("browser")]

    def requests(self) -> list[str]:
        """Return the addresses asked for since last asked."""
        rows = [json.loads(row["message"])["message"] for row in self.chrome.get_log("performance")]
        return [row["params"]["request"]["url"] for row in rows if row["method"] == "Network.requestWillBeSent"]

    def all(self, selector: str) -> list[Any]:
        """Return the elements of a CSS selector."""
        return self.chrome.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector: str) -> Any:
        """Return the first element of a CSS selector."""
        return self.chrome.find_element(By.CSS_SELECTOR, selector)

    def press(self, *names: str) -> None:
        """Press keys, by Selenium's name (ARROW_LEFT) or the sign itself, where the focus is."""
        for name in names:
            self.chrome.switch_to.active_element.send_keys(getattr(Keys, name, name))
