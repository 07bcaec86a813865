"""Mines the templates of a log with drain3 and prints what it took as one JSON line."""
import json
import resource
import sys
import time

from drain3 import TemplateMiner
from drain3.template_miner_config import TemplateMinerConfig

config = TemplateMinerConfig()
config.profiling_enabled = False
miner = TemplateMiner(config=config)
begin = time.perf_counter()
with open(sys.argv[1], encoding='utf-8', errors='replace') as log:
    for line in log:
        miner.add_log_message(line.rstrip('\n'))
seconds = time.perf_counter() - begin
usage = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({
    'seconds': seconds,
    'cpuSeconds': usage.ru_utime + usage.ru_stime,
    'peakBytes': usage.ru_maxrss * 1024,
    'templates': len(miner.drain.clusters),
}))
