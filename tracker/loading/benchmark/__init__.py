"""A record of any size for measuring: `manage.py load_benchmark_record`."""

from tracker.loading.benchmark.write import InUse, load_benchmark, tidy

__all__ = ["InUse", "load_benchmark", "tidy"]
