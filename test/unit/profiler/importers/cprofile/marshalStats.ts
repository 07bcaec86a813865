/** Functions by name: own seconds, and own seconds by caller. */
export type Functions = Record<string, { own: number; callers: Record<string, number> }>;

function int(value: number): Buffer {
  const bytes = Buffer.from('i\0\0\0\0', 'latin1');
  bytes.writeInt32LE(value, 1);
  return bytes;
}

function double(value: number): Buffer {
  const bytes = Buffer.alloc(9, 'g');
  bytes.writeDoubleLE(value, 1);
  return bytes;
}

function text(value: string): Buffer {
  return Buffer.concat([
    Buffer.from('z'),
    Buffer.from([value.length]),
    Buffer.from(value, 'latin1'),
  ]);
}

function tuple(...values: Buffer[]): Buffer {
  return Buffer.concat([Buffer.from(')'), Buffer.from([values.length]), ...values]);
}

function dictionary(pairs: [Buffer, Buffer][]): Buffer {
  return Buffer.concat([Buffer.from('{'), ...pairs.flat(), Buffer.from('0')]);
}

const place = (name: string): Buffer => tuple(text('a.py'), int(1), text(name));

/** Statistics as Python's marshal writes them, one call for each caller. */
export function marshalStats(functions: Functions): Buffer {
  return dictionary(
    Object.entries(functions).map(([name, { own, callers }]) => {
      const calls = Math.max(1, Object.keys(callers).length);
      const pairs = Object.entries(callers).map(([caller, seconds]): [Buffer, Buffer] => [
        place(caller),
        tuple(int(1), int(1), double(seconds), double(seconds)),
      ]);
      return [
        place(name),
        tuple(int(calls), int(calls), double(own), double(own), dictionary(pairs)),
      ];
    }),
  );
}
