"""Every benchmark of the project, one after the other: `make bench`."""

import sys

from benchmarks import extraction, pipeline

if __name__ == "__main__":
    extraction.main(["--write"] if "--write" in sys.argv else [])
    pipeline.main()
