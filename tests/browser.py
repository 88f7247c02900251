"""The browser of the browser tests: finds Chromium, or installs it where it is missing. Run by ``make test``."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync")


def find() -> str | None:
    """The path of a Chromium on this machine, or None: then Playwright's own is used."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def install() -> None:
    """Install Chromium by the system's package manager, or else by Playwright. Raises if neither can."""
    if shutil.which("apt-get") and (os.geteuid() == 0 or shutil.which("sudo")):
        admin = [] if os.geteuid() == 0 else ["sudo", "-n"]
        update = subprocess.run([*admin, "apt-get", "update", "-qq"], check=False)
        if update.returncode == 0:
            done = subprocess.run([*admin, "apt-get", "install", "-y", "-qq", "chromium"], stdout=subprocess.DEVNULL, check=False)
            if done.returncode == 0 and find():
                return
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


if __name__ == "__main__":
    if find() is None:
        print("Installing Chromium for the browser tests …")
        install()
    print(f"Browser tests run in {find() or 'the Chromium of Playwright'}.")
