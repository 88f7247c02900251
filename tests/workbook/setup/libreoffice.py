"""LibreOffice Calc for the tests: installed where it is missing, never skipped.

``python tests/workbook/setup/libreoffice.py`` installs it if needed and prints its path.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

PACKAGE = "libreoffice-calc"


def ensure() -> str:
    """The path of ``soffice``; installs Debian's package where it is missing. Raises RuntimeError if it cannot."""
    found = shutil.which("soffice")
    if found:
        return found
    by_hand = f"LibreOffice Calc is missing; install it by hand, on Debian or Ubuntu: apt-get install {PACKAGE}"
    if not shutil.which("apt-get"):
        raise RuntimeError(by_hand)
    as_root = [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]
    if as_root and not shutil.which("sudo"):
        raise RuntimeError(f"{by_hand} (as root)")
    for arguments in (["update"], ["install", "--yes", "--no-install-recommends", PACKAGE]):
        command = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"{by_hand} ({' '.join(command)} failed: {done.stderr.strip()[-500:]})")
    found = shutil.which("soffice")
    if not found:
        raise RuntimeError(by_hand)
    return found


def convert(workbooks: Iterable[Path], folder: Path, kind: str = "xlsx") -> subprocess.CompletedProcess[str]:
    """Open workbooks in one start of LibreOffice and save them to ``folder`` under the same names."""
    profile = folder.resolve() / "profile"  # its own, so that an open LibreOffice is not in the way
    command = [ensure(), "--headless", f"-env:UserInstallation={profile.as_uri()}", "--convert-to", kind]
    return subprocess.run(
        [*command, "--outdir", str(folder), *map(str, workbooks)], capture_output=True, text=True, check=True, timeout=600
    )


if __name__ == "__main__":
    try:
        print(ensure())
    except RuntimeError as error:
        sys.exit(str(error))
