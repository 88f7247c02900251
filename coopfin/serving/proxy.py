"""nginx before several processes, by the template in ``deploy/``."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from string import Template

ROOT = Path(__file__).parents[2]
TEMPLATE = ROOT / "deploy" / "nginx.conf"
_PLACES = os.pathsep.join((os.environ.get("PATH", os.defpath), "/usr/sbin", "/usr/local/sbin"))


class _Marked(Template):
    delimiter = "@"  # a dollar is nginx's own


def configuration(listen: str, ports: Sequence[int], run: Path) -> str:
    """The configuration for processes on ``ports`` of this machine; ``run`` is a folder for what nginx writes."""
    servers = "\n        ".join(f"server 127.0.0.1:{port} max_fails=0;" for port in ports)
    return _Marked(TEMPLATE.read_text(encoding="utf-8")).substitute(listen=listen, replicas=servers, run=run)


def command(listen: str, ports: Sequence[int], run: Path) -> list[str]:
    """Write the configuration into ``run``; what starts nginx with it. Raises FileNotFoundError if there is no nginx."""
    found = shutil.which("nginx", path=_PLACES)
    if found is None:
        raise FileNotFoundError("There is no nginx on this machine; sh deploy/install-nginx.sh installs it.")
    file = run / "nginx.conf"
    file.write_text(configuration(listen, ports, run), encoding="utf-8")
    run.chmod(0o711)  # started by root, nginx works as somebody else, who has to get at the folders it makes here
    return [found, "-c", str(file), "-p", str(run), "-e", "stderr"]
