import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { describe, expect, it } from 'vitest';
import { configJsonSchema } from '../../../../src/pipeline/config/jsonSchema.ts';
import { DEFAULT_TARGETS } from '../../../../src/profiler/report/targets.ts';

const FILE = join(import.meta.dirname, '../../../../media/earshot.config.schema.json');

describe('media/earshot.config.schema.json', () => {
  it('is what the schema says (EARSHOT_UPDATE_SCHEMA=1 writes it)', async () => {
    const schema = await format(configJsonSchema(DEFAULT_TARGETS), {
      parser: 'json',
      printWidth: 100,
    });
    if (process.env['EARSHOT_UPDATE_SCHEMA'] === '1') writeFileSync(FILE, schema);
    expect(readFileSync(FILE, 'utf8')).toBe(schema);
  });
});
