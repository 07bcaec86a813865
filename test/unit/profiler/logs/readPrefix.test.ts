import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMessage } from '../../../../src/profiler/logs/messageLine.ts';
import { timeStampAt, timeStampOf } from '../../../../src/profiler/logs/timeStamp.ts';

const AT = Date.UTC(2026, 10, 23, 4, 40, 21) / 1000;
const CLOCK = 4 * 3600 + 40 * 60 + 21;

/** A line, its time (Unix seconds, or of the day), level, thread, and what is left. */
const LINES: readonly (readonly [string, number | null, string | null, string | null, string])[] = [
  ['INFO:root:Loading model', null, 'info', null, 'Loading model'],
  ['WARNING:urllib3.connectionpool:Retrying', null, 'warn', null, 'Retrying'],
  [
    '2026-11-23 04:40:21,123 - app.stage - INFO - Done 3 texts',
    AT + 0.123,
    'info',
    null,
    'Done 3 texts',
  ],
  [
    '2026-11-23 04:40:21,123 INFO [main] com.acme.Embedder - Done',
    AT + 0.123,
    'info',
    'main',
    'Done',
  ],
  ['04:40:21.123 [main] INFO com.acme.Embedder -- Done', CLOCK + 0.123, 'info', 'main', 'Done'],
  [
    '04:40:21.123 [pool-1-thread-3] DEBUG c.a.Embedder - Done',
    CLOCK + 0.123,
    'debug',
    'pool-1-thread-3',
    'Done',
  ],
  [
    'I, [2026-11-23T04:40:21.123456 #4711]  INFO -- ocr: Done',
    AT + 0.123456,
    'info',
    '4711',
    'Done',
  ],
  ['W, [2026-11-23T04:40:21.123456 #4711]  WARN -- : Done', AT + 0.123456, 'warn', '4711', 'Done'],
  [
    '2026-11-23T04:40:21.123Z  INFO 71 --- [shop] [           main] o.a.shop.Reader       : Done',
    AT + 0.123,
    'info',
    'main',
    'Done',
  ],
  ['2026-11-23T04:40:21.123Z\tINFO\tcmd/run.go:88\tDone', AT + 0.123, 'info', null, 'Done'],
  ['2026-11-23 04:40:21,123 INFO    [ingest.worker] Done', AT + 0.123, 'info', null, 'Done'],
  ['2026/11/23 04:40:21 Done', AT, null, null, 'Done'],
  ['2026/11/23 04:40:21.5 main.go:23: Done', AT + 0.5, null, null, 'Done'],
  ['2026/11/23 04:40:21 INFO Done count=3', AT, 'info', null, 'Done count=3'],
  ['[2026-11-23T04:40:21Z INFO  my_crate::stage] Done', AT, 'info', null, 'Done'],
  ['2026-11-23T04:40:21.123456Z  WARN my_crate::stage: Done', AT + 0.123456, 'warn', null, 'Done'],
  ['2026-11-23T05:40:21+01:00 ERROR Done', AT, 'error', null, 'Done'],
  ['2026-11-22T23:10:21-0530 ERROR Done', AT, 'error', null, 'Done'],
  ['<165>1 2026-11-23T04:40:21.003Z host app 1234 ID47 - Done', AT + 0.003, 'info', null, 'Done'],
  ['2026-11-23T04:40:21.123456789Z stdout F Done', AT + 0.123456789, null, null, 'Done'],
  ['2026-11-23T04:40:21.1234567Z Run tests', AT + 0.1234567, null, null, 'Run tests'],
  ['[   12.345678] usb 1-1: new device', 12.345678, null, null, 'usb 1-1: new device'],
  ['[04:40:21] Done', CLOCK, null, null, 'Done'],
  [
    '[2026-11-23 04:40:21,123: INFO/MainProcess] Task done',
    AT + 0.123,
    'info',
    'MainProcess',
    'Task done',
  ],
  [
    '2026-11-23 04:40:21.123  INFO 1234 --- [           main] c.a.Embedder    : Done',
    AT + 0.123,
    'info',
    'main',
    'Done',
  ],
  ['2026-11-23 04:40:21 | INFO     | app.stage:run:42 - Done', AT, 'info', null, 'Done'],
  ['1795408821.5 Done', AT + 0.5, null, null, 'Done'],
  ['1795408821500 Done', AT + 0.5, null, null, 'Done'],
  ['2026-11-23 04:40:21 [error] Done', AT, 'error', null, 'Done'],
  ['Mon Nov 23 04:40:21 2026 Done', AT, null, null, 'Done'],
  [
    '10.0.0.1 - - [23/Nov/2026:04:40:21 +0000] "GET / HTTP/1.1" 200 12',
    AT,
    null,
    null,
    '"GET / HTTP/1.1" 200 12',
  ],
  [
    '23-Nov-2026 04:40:21.123 INFO [main] org.acme.Server Done',
    AT + 0.123,
    'info',
    'main',
    'org.acme.Server Done',
  ],
  ['{"level":30,"time":1795408821500,"msg":"Done"}', AT + 0.5, 'info', null, 'Done'],
  ['{"level":"warn","ts":1795408821.5,"msg":"Done","thread":"a"}', AT + 0.5, 'warn', 'a', 'Done'],
  ['time=2026-11-23T04:40:21Z level=error msg="Done it"', AT, 'error', null, 'Done it'],
  [
    '{"log":"04:40:21 INFO Done\\n","stream":"stdout","time":"2026-11-23T04:40:21.5Z"}',
    AT + 0.5,
    'info',
    null,
    'Done',
  ],
  [
    '{"__REALTIME_TIMESTAMP":"1795408821500000","PRIORITY":"4","MESSAGE":"Done"}',
    AT + 0.5,
    'warn',
    null,
    'Done',
  ],
  ['Voice embedding: 34 %', null, null, null, 'Voice embedding: 34 %'],
  ['[embed] 34 %', null, null, null, '[embed] 34 %'],
  ['Info about errors', null, null, null, 'Info about errors'],
  ['', null, null, null, ''],
];

describe('readMessage', () => {
  it.each(LINES)('%s', (line, seconds, level, thread, message) => {
    const read = readMessage(line);
    const time = read.time === null ? null : read.time.seconds + read.time.nanos / 1e9;
    if (seconds === null) expect(time).toBeNull();
    else expect(time).toBeCloseTo(seconds, 5);
    expect([read.level, read.thread, read.message]).toEqual([level, thread, message]);
  });

  it('reads the months and hours of glog, syslog and java.util.logging', () => {
    expect(readMessage('I1123 04:40:21.123456   1234 server.go:88] Done')).toMatchObject({
      level: 'info',
      thread: '1234',
      message: 'Done',
      time: { kind: 'yearless', nanos: 123_456_000 },
    });
    expect(readMessage('Nov 23 04:40:21 host app[123]: Done')).toMatchObject({
      thread: '123',
      message: 'Done',
    });
    expect(timeStampAt('Nov 23, 2026 4:40:21 PM', 0)?.seconds).toBe(AT + 12 * 3600);
  });

  it('takes numbers for epochs only where they are times of this century', () => {
    expect(timeStampOf(1_795_408_821)?.seconds).toBe(AT);
    expect(timeStampOf(1_795_408_821_500)?.nanos).toBe(500_000_000);
    expect(timeStampOf(1_795_408_821_500_000)?.seconds).toBe(AT);
    expect(timeStampOf(1_795_408_821_500_000_000)?.seconds).toBe(AT);
    expect(timeStampOf(12)).toBeNull();
    expect(timeStampOf(Number.NaN)).toBeNull();
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (line) => {
        expect(typeof readMessage(line).message).toBe('string');
      }),
    );
  });
});
