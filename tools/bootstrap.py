#!/usr/bin/env python3
"""Prints the path of a Python that has the packages in requirements.in; if there is none, creates one under artifacts/.venv.

There they are installed from requirements.txt: everything in it is pinned, and pip takes no file whose hash it does not have. Progress and
errors go to standard error; the exit code is 1 if there is no such Python and none could be created.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "tools" / "requirements.in"
LOCKED = ROOT / "tools" / "requirements.txt"
ENVIRONMENT = ROOT / "artifacts" / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python3"

PROBE = """
import importlib.metadata, importlib.util, sys
for pin in sys.argv[1:]:
    name, _, version = pin.partition("==")
    if importlib.metadata.version(name) != version:
        sys.exit(f"{name} is {importlib.metadata.version(name)}, not {version}")
for module in ("flask", "flask_cors"):
    if importlib.util.find_spec(module) is None:
        sys.exit(f"{module} is missing")
"""


def pins() -> list[str]:
    lines = (line.partition("#")[0].strip() for line in REQUIREMENTS.read_text().splitlines())
    return [re.sub(r"\[.*\]", "", line) for line in lines if line]


def complete(python: str) -> bool:
    try:
        return subprocess.run([python, "-c", PROBE, *pins()], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def make() -> None:
    say(f"Installing the emulator into {ENVIRONMENT.relative_to(ROOT)} (once) ...")
    run([sys.executable, "-m", "venv", str(ENVIRONMENT)], "install the package that holds it (Debian, Ubuntu: apt-get install -y python3-venv)")
    run(
        [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", str(LOCKED)],
        "check the network and pip's index. Where pip names a file whose hash does not match, find out why before you install it "
        f"without hashes: python3 -m pip install -r {REQUIREMENTS.relative_to(ROOT)}",
    )


def run(command: list[str], remedy: str) -> None:
    if subprocess.run(command, stdout=sys.stderr, check=False).returncode != 0:
        sys.exit(f"Could not run: {' '.join(command)}\nTo go on: {remedy}.")


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main() -> None:
    if sys.version_info < (3, 10):
        sys.exit(f"Python 3.10 or later is needed; this is {sys.version.split()[0]}. To go on: install it, or put it first on the PATH.")
    if complete(sys.executable):
        print(sys.executable)
        return
    if not complete(str(PYTHON)):
        make()
    print(PYTHON)


if __name__ == "__main__":
    main()
