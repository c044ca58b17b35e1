"""Where Chromium is; run as a program it installs it with the system's package manager, or says how."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "msedge")
PLACES = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
MANAGERS: dict[str, list[list[str]]] = {
    "apt-get": [["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "chromium"]],
    "dnf": [["dnf", "install", "-y", "-q", "chromium"]],
    "pacman": [["pacman", "-Sy", "--noconfirm", "chromium"]],
    "zypper": [["zypper", "--non-interactive", "install", "chromium"]],
    "apk": [["apk", "add", "chromium"]],
}
HOW = (
    "The browser tests need Chromium and none was found. Install it (Debian: apt-get install chromium; "
    "macOS: brew install --cask chromium) or set CHROMIUM to the path of a Chromium, Chrome or Edge."
)


def find() -> str | None:
    """Return the path of a browser: `$CHROMIUM`, else one on the path, else one in a usual place."""
    if chosen := os.environ.get("CHROMIUM"):
        return chosen if Path(chosen).exists() else None
    found = (shutil.which(name) for name in NAMES)
    return next(filter(None, found), None) or next(filter(os.path.exists, PLACES), None)


def install() -> bool:
    """Return whether the system's package manager could install it: as root, or by sudo without a password."""
    manager = next(filter(shutil.which, MANAGERS), None)
    if manager is None:
        return False
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    before = [] if root else ["sudo", "--non-interactive"]
    if before and not shutil.which("sudo"):
        return False
    return all(
        subprocess.run([*before, *step], stdout=sys.stderr, check=False).returncode == 0 for step in MANAGERS[manager]
    )


def main() -> int:
    """Make sure that there is a browser."""
    if find():
        return 0
    print("installing Chromium for the browser tests", file=sys.stderr)
    if install() and find():
        return 0
    print(HOW, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
