import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../../../../src/pipeline/config/loadConfig.ts';
import { stageLimits } from '../../../../src/pipeline/config/stageTarget.ts';
import { parseConfig } from '../../../../src/pipeline/config/parseConfig.ts';

const TARGETS = ['real-time-factor', 'voice-coverage'];

describe('parseConfig', () => {
  it('takes what is known', () => {
    const config = parseConfig(
      `{
        "$schema": "./earshot.config.schema.json",
        "targets": { "real-time-factor": 0.03, "voice-coverage": { "limit": 0.9 } },
        "recognitionModel": "moonshine-base",
        "logPatterns": [{ "pattern": "(?<name>batch)" }], "commands": {}, "pathMaps": {}, "gate": {}
      }`,
      'earshot.config.json',
      TARGETS,
    );
    expect(config.recognitionModel).toBe('moonshine-base');
  });

  it.each([
    ['{\n  "target": {}\n}', 'c.json:2:3: "target" is not a known key.', 'Did you mean "targets"?'],
    [
      '{"zzzzzzzz": 1}',
      'c.json:1:2: "zzzzzzzz" is not a known key.',
      'Use one of: $schema, targets,',
    ],
    [
      '{"targets": {\n "real-time-facter": 1}}',
      'c.json:2:2: There is no target "real-time-facter".',
      'Did you mean "real-time-factor"?',
    ],
    [
      '{"targets": {"voice-coverage": "90 %"}}',
      'c.json:1:14: "targets.voice-coverage" has to be a number of at least 0, or {"limit": number}.',
      'Correct the value there.',
    ],
    [
      '{"targets": {"voice-coverage": -1}}',
      'c.json:1:14: "targets.voice-coverage" has to be a number of at least 0',
      'Correct',
    ],
    ['{"targets": 1, }', 'c.json:1:16: Not JSON: a text in double quotes is expected.', 'Correct'],
    ['{"targets": ', 'c.json:1:13: Not JSON: the file ends too early.', 'Correct'],
    [
      '{"gate": {}, "gate": {}}',
      'c.json:1:14: Not JSON: the key "gate" stands here for',
      'Correct',
    ],
    ['[]', 'c.json:1:1: The file: Invalid input: expected object, received array.', 'Correct'],
    ['{"pathMaps": {"/a": 1}}', 'c.json:1:15: "pathMaps./a": Invalid input: expected', 'Correct'],
    [
      '{"logPatterns": [{"pattern": "x", "evnt": "end"}]}',
      'c.json:1:35: "logPatterns[0].evnt" is not a known key.',
      'Did you mean "event"?',
    ],
    [
      '{"logPatterns": [{"pattern": "x"}, 2]}',
      'c.json:1:36: "logPatterns[1]": Invalid input',
      'Correct',
    ],
    ['{"gate": {"run": 7}}', 'c.json:1:11: "gate.run" is not a known key', 'Did you mean "runs"?'],
    ['{"gate": {"runs": 2}}', 'c.json:1:11: "gate.runs"', 'Correct'],
    ['{"commands": {"a": []}}', 'c.json:1:15: "commands.a"', 'Correct'],
  ])('%s', (text, message, action) => {
    let thrown: unknown;
    try {
      parseConfig(text, 'c.json', TARGETS);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({
      code: 'config.invalid',
      message: expect.stringContaining(message) as string,
      action: expect.stringContaining(action) as string,
    });
  });
});

describe('loadConfig', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'earshot-config-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('finds nothing where there is no file', () => {
    expect(loadConfig(folder)).toBeNull();
    expect(loadConfig(join(folder, 'absent'))).toBeNull();
  });

  it('says which file it read', () => {
    const file = join(folder, 'earshot.config.json');
    writeFileSync(file, '{"targets":{"anything":1}}');
    expect(loadConfig(folder)).toEqual({ file, config: { targets: { anything: 1 } } });
  });

  it('does not pass over a file that it cannot read', () => {
    mkdirSync(join(folder, 'earshot.config.json'));
    expect(() => loadConfig(folder)).toThrow(/cannot be read \(EISDIR\)/);
  });
});

describe('targets for stages of any program', () => {
  it('need no known name, only a stage', () => {
    const config = parseConfig('{"targets":{"stage:embed":15}}', 'f', ['real-time-factor']);
    expect(stageLimits({ file: 'f', config })).toEqual(new Map([['embed', 15]]));
    expect(() => parseConfig('{"targets":{"stage:":15}}', 'f', ['x'])).toThrow(
      'no target "stage:"',
    );
    expect(stageLimits(null).size).toBe(0);
  });
});
