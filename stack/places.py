"""Where things lie in the clone. All state is in folders that git ignores: `.venv`, `var`, `build`, `.types`."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
SITE_PACKAGES = VENV / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages"
VAR = ROOT / "var"
JARS = VAR / "jars"
# what all instances use, and the lock of the one who changes it
SHARED = {VENV: VAR / "environment.lock", JARS: VAR / "jars.lock"}
BUILD = ROOT / "build"
PACKAGE = ROOT / "ckanext-orden"
CONFIGSET = ROOT / "solr"
