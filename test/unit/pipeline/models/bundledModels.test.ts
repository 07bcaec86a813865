import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { modelsDirectory } from '../../../../src/pipeline/models/locate.ts';
import { ModelShelf } from '../../../../src/pipeline/models/modelShelf.ts';

const shelf = new ModelShelf(join(tmpdir(), 'earshot-no-such-home'));
const bundled = shelf.manifest.models.filter((model) => model.kind === 'bundled');

describe('the bundled models', () => {
  it('serve every task', () => {
    expect(new Set(bundled.map((model) => model.task))).toEqual(
      new Set(['recognition', 'segmentation', 'voice', 'text']),
    );
  });

  it.each(bundled.map((model) => [model.name, model] as const))(
    '%s is intact',
    async (name, model) => {
      await shelf.verify(name);
      expect(existsSync(join(modelsDirectory(), model.buildScript))).toBe(true);
      expect(
        model.licenceFile === undefined || existsSync(join(modelsDirectory(), model.licenceFile)),
      ).toBe(true);
    },
  );

  it('are found above a bundle in dist', () => {
    const root = join(modelsDirectory(), '..');
    expect(modelsDirectory(join(root, 'dist'))).toBe(modelsDirectory());
  });

  it('are missed with a clear error elsewhere', () => {
    expect(() => modelsDirectory(tmpdir())).toThrow(
      expect.objectContaining({ code: 'model.missing' }),
    );
  });
});
