"""Every benchmark of the project, one after the other: `make bench`."""

from benchmarks import pipeline

if __name__ == "__main__":
    pipeline.main()
