"""A program with five stages of about 40 ms each, which writes its spans as OTLP JSON to standard output.

    python3 job.py [STAGE=SHARE …]      parse=1.2 gives the stage parse a fifth more work
"""

import hashlib
import json
import random
import re
import sys
import time

SHARES = dict(argument.split("=") for argument in sys.argv[1:])
ROUNDS = {"parse": 140, "sort": 195, "hash": 90, "match": 230, "align": 90}

source = random.Random(7)
WORDS = ["".join(source.choices("abcdefghij", k=source.randint(3, 9))) for _ in range(2000)]
TEXT = " ".join(WORDS)
DOCUMENT = json.dumps([{"id": i, "name": word, "size": [i, i * 2]} for i, word in enumerate(WORDS[:700])])
NUMBERS = [source.random() for _ in range(3500)]
BYTES = TEXT.encode() * 60
SAID = WORDS[:60]
HEARD = [word for i, word in enumerate(SAID) if i % 9] + WORDS[60:64]


def parse():
    json.loads(DOCUMENT)


def sort():
    sorted(NUMBERS)


def digest():
    hashlib.sha256(BYTES).digest()


def match():
    re.findall(r"[ab]\w*j\b", TEXT)


def align():
    """Counts the edits between two texts word by word, as word error rates are: the interpreter at work on little memory."""
    row = list(range(len(HEARD) + 1))
    for i, said in enumerate(SAID, start=1):
        corner, row[0] = row[0], i
        for j, heard in enumerate(HEARD, start=1):
            change = corner + (said != heard)
            corner = row[j]
            row[j] = min(change, row[j - 1] + 1, corner + 1)
    return row[-1]


STAGES = {"parse": parse, "sort": sort, "hash": digest, "match": match, "align": align}


def attribute(key, value):
    return {"key": key, "value": {"stringValue": value}}


def span(name, number, parent, start, end, attributes):
    return {
        "traceId": "5b8efff798038103d269b633813fc60c",
        "spanId": f"{number:016x}",
        "parentSpanId": parent,
        "name": name,
        "kind": 1,
        "startTimeUnixNano": str(start),
        "endTimeUnixNano": str(end),
        "attributes": attributes,
    }


epoch = time.time_ns() - time.perf_counter_ns()
begin = time.perf_counter_ns()
spans = []
for number, (name, work) in enumerate(STAGES.items(), start=2):
    start = time.perf_counter_ns()
    for _ in range(round(ROUNDS[name] * float(SHARES.get(name, 1)))):
        work()
    end = time.perf_counter_ns()
    stage = [attribute("earshot.stage", name)]
    spans.append(span(name, number, f"{1:016x}", epoch + start, epoch + end, stage))
spans.insert(0, span("job", 1, "", epoch + begin, epoch + time.perf_counter_ns(), []))
resource = {"attributes": [attribute("service.name", "job")]}
print(json.dumps({"resourceSpans": [{"resource": resource, "scopeSpans": [{"scope": {}, "spans": spans}]}]}))
