"""Every benchmark of the project, one after the other: `make bench`."""

import sys

from benchmarks import alerts, extraction, meetings, pipeline

if __name__ == "__main__":
    write = ["--write"] if "--write" in sys.argv else []
    extraction.main(write)
    meetings.main(write)
    alerts.main(write)
    pipeline.main()
