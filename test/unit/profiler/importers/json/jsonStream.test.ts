import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonStream } from '../../../../../src/profiler/importers/json/jsonStream.ts';
import { END_OF_OBJECT, KeySet } from '../../../../../src/profiler/importers/json/keySet.ts';

function unexpected(offset: number, reason: string): never {
  throw new Error(`${reason} at byte ${offset}`);
}

interface Rejection {
  readonly offset: number;
  readonly reason: string;
}

async function* pieces(bytes: Buffer, size: number): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) {
    await Promise.resolve();
    yield bytes.subarray(at, at + size);
  }
}

async function readArray(text: string | Buffer, size = 7) {
  const json = new JsonStream(pieces(Buffer.from(text), size));
  const values: unknown[] = [];
  const rejections: Rejection[] = [];
  const reject = (offset: number, reason: string): void => {
    rejections.push({ offset, reason });
  };
  await json.eachDocument(async () => {
    await json.eachElement(() => {
      const value = json.reader.readAny();
      values.push(value);
    }, reject);
  }, reject);
  return { values, rejections };
}

describe('elements of an array', () => {
  it('are read across the pieces of the input, whatever their size', async () => {
    const values = [
      { a: 1 },
      'x\\y"ü€😀',
      -1.5e-7,
      [null, true, [[]]],
      {},
      '',
      12345678901234567890,
    ];
    for (const size of [1, 2, 3, 17, 1000]) {
      const read = await readArray(JSON.stringify(values, null, 2), size);
      expect(read).toEqual({ values, rejections: [] });
    }
  });

  it('are what JSON.parse gives, for any JSON', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.jsonValue()),
        fc.integer({ min: 1, max: 40 }),
        async (any, size) => {
          const text = JSON.stringify(any);
          expect((await readArray(text, size)).values).toEqual(JSON.parse(text));
        },
      ),
    );
  });

  it('are read with a byte-order mark, trailing commas and a missing end', async () => {
    const read = await readArray('\uFEFF[{"a":1},{"a":2},');
    expect(read.values).toEqual([{ a: 1 }, { a: 2 }]);
    expect(read.rejections).toEqual([
      { offset: 20, reason: 'the file ends before the value does' },
    ]);
    expect(await readArray('[1,]')).toEqual({ values: [1], rejections: [] });
  });

  it('are read behind one that is damaged, at the next that begins like it', async () => {
    const read = await readArray('[{"a":{"b":0}},{"a":@@,"c":[{"a":7}]},{"a":3}]');
    expect(read.values).toEqual([{ a: { b: 0 } }, { a: 3 }]);
    expect(read.rejections).toEqual([{ offset: 20, reason: '“@” is not expected here' }]);
  });

  it('are rejected where they are truncated, with those before them kept', async () => {
    const read = await readArray('[{"a":1},{"a":"unfin');
    expect(read.values).toEqual([{ a: 1 }]);
    expect(read.rejections).toEqual([
      { offset: 20, reason: 'the file ends before the value does' },
    ]);
  });

  it('may be nested 100,000 deep', async () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    const json = new JsonStream(pieces(Buffer.from(`[${deep},1]`), 65_536));
    let skipped = 0;
    await json.eachElement(() => {
      json.reader.skip();
      skipped += 1;
    }, unexpected);
    expect(skipped).toBe(2);
  });

  it('are rejected one by one where they are larger than 64 MiB', async () => {
    async function* endless(): AsyncIterable<Uint8Array> {
      await Promise.resolve();
      yield Buffer.from('["');
      const piece = Buffer.alloc(2 ** 20, 'x');
      for (let i = 0; i < 80; i += 1) yield piece;
      yield Buffer.from('",5]');
    }
    const json = new JsonStream(endless());
    const rejections: Rejection[] = [];
    const numbers: number[] = [];
    await json.eachElement(
      () => {
        const number = json.reader.readNumber();
        numbers.push(number);
      },
      (offset, reason) => rejections.push({ offset, reason }),
    );
    expect(numbers).toEqual([5]);
    expect(rejections).toEqual([{ offset: 1, reason: 'a value is longer than 64 MiB' }]);
  });
});

describe('documents', () => {
  it('lie on lines of their own, and a damaged line costs that line', async () => {
    const read = await readArray('[1]\n[2,}]\n[3]\n');
    expect(read.values).toEqual([1, 2, 3]);
    expect(read.rejections).toEqual([{ offset: 7, reason: '“}” is not expected here' }]);
  });

  it('are walked by key, with values of unknown keys skipped however large', async () => {
    const keys = new KeySet(['spans', 'name', 'nämé']);
    const text = `{"other":{"spans":[${'9,'.repeat(5000)}]},"name":"n","spans":[1,2],"na\\u006de":"again"}`;
    const json = new JsonStream(pieces(Buffer.from(text), 64));
    const seen: unknown[] = [];
    await json.eachDocument(async () => {
      await json.eachKey(keys, async (key) => {
        if (key === 1) seen.push(await json.read(() => json.reader.readString()));
        else await json.eachElement(() => void seen.push(json.reader.readNumber()), unexpected);
      });
    }, unexpected);
    expect(seen).toEqual(['n', 1, 2, 'again']);
  });
});

describe('values', () => {
  async function read<T>(text: string, step: (json: JsonStream) => T): Promise<T> {
    const json = new JsonStream(pieces(Buffer.from(text), 5));
    return json.read(() => step(json));
  }

  it('of nanoseconds keep all their digits, as numbers and as strings', async () => {
    const parts = (json: JsonStream) => {
      const valid = json.reader.readNanoseconds();
      return [valid, json.reader.seconds, json.reader.nanos];
    };
    expect(await read('"1732329619123456789"', parts)).toEqual([true, 1732329619, 123456789]);
    expect(await read('1732329619123456789', parts)).toEqual([true, 1732329619, 123456789]);
    expect(await read('42', parts)).toEqual([true, 0, 42]);
    expect(await read('1.5e9', parts)).toEqual([true, 1, 500000000]);
    expect((await read('-5', parts))[0]).toBe(false);
    expect((await read('1e308', parts))[0]).toBe(false);
    expect((await read('NaN', parts))[0]).toBe(false);
    expect((await read('{"a":[1]}', parts))[0]).toBe(false);
  });

  it('of numbers are rounded as the platform rounds them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.double({ noNaN: true, noDefaultInfinity: true }), async (value) => {
        const text = JSON.stringify(value);
        expect(await read(text, (json) => json.reader.readNumber())).toBe(JSON.parse(text));
      }),
    );
    expect(await read('12.345', (json) => json.reader.readNumber())).toBe(12.345);
  });

  it('of hexadecimal ids fill words, and nothing else does', async () => {
    const words = new Uint32Array(2);
    expect(await read('"00f067Aa0ba902b7"', (json) => json.reader.readHex(words))).toBe(true);
    expect([...words]).toEqual([0x00f067aa, 0x0ba902b7]);
    expect(await read('"00f067aa0ba902"', (json) => json.reader.readHex(words))).toBe(false);
    expect(await read('"00f067aa0ba902bg"', (json) => json.reader.readHex(words))).toBe(false);
    expect(await read('17', (json) => json.reader.readHex(words))).toBe(false);
  });

  it('of another type are skipped', async () => {
    const json = new JsonStream(pieces(Buffer.from('[{"a":[1]},"s",true,null,7]'), 3));
    const seen: unknown[] = [];
    await json.eachElement(() => {
      const value = json.reader.readString();
      seen.push(value);
    }, unexpected);
    expect(seen).toEqual([null, 's', null, null, null]);
  });

  it('known by a key are found whatever the order, and the end of the object is told', async () => {
    const keys = new KeySet(['a', 'b']);
    const found = await read('{"b":2,"zz":{"a":9},"a":1,"b":3}', ({ reader }) => {
      const values: Record<number, number> = {};
      reader.enterObject();
      for (let key = reader.nextKey(keys); key !== END_OF_OBJECT; key = reader.nextKey(keys)) {
        if (key < 0) reader.skip();
        else values[key] = reader.readNumber();
      }
      return values;
    });
    expect(found).toEqual({ 0: 1, 1: 3 });
  });
});
