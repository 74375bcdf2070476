"""Runs cfn-lint on the given templates; the exit code is not 0 if it reports anything."""

import sys

from cfnlint.runner.cli import main

if __name__ == "__main__":
    sys.argv[1:] = ["--non-zero-exit-code", "warning", "--", *sys.argv[1:]]
    main()
