import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Finding } from '../../../../src/profiler/diagnosis/finding.ts';
import type { SourceRef } from '../../../../src/profiler/model/run.ts';
import { findLiteral, LiteralNeedle } from '../../../../src/profiler/source/literalSearch.ts';
import { locateFindings } from '../../../../src/profiler/source/locateFindings.ts';
import { resolvePath } from '../../../../src/profiler/source/resolvePath.ts';
import { findSymbol } from '../../../../src/profiler/source/symbolSearch.ts';
import { WorkspaceFiles } from '../../../../src/profiler/source/workspaceFiles.ts';
import { newBuilder } from '../runFixture.ts';

let folder: string;
let root: string;
let files: WorkspaceFiles;

function write(path: string, text: string): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'earshot-source-'));
  root = join(folder, 'workspace');
  write(
    'src/audio/loader.py',
    'import wave\n\n\ndef load_audio(path):\n    log.info("Long file found: %s", path)\n',
  );
  write('src/text/loader.py', '# nothing of interest\n');
  write(
    'cmd/embed/main.go',
    'package main\n\nfunc (e *Embedder) EmbedBatch() {\n\tlog.Printf("embedded %d texts in %.2fs", n, s)\n}\n',
  );
  write('node_modules/x/index.js', 'console.log("Long file found: y");\n');
  files = new WorkspaceFiles(root);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the sources of a workspace', () => {
  it('are listed without what others wrote', async () => {
    expect(await files.list()).toEqual([
      'cmd/embed/main.go',
      'src/audio/loader.py',
      'src/text/loader.py',
    ]);
  });

  it('are never read outside of it, not by dots, not by a link, not by an absolute path', async () => {
    writeFileSync(join(folder, 'secret.py'), 'secret');
    symlinkSync(join(folder, 'secret.py'), join(root, 'src', 'link.py'));
    symlinkSync(folder, join(root, 'up'));
    for (const path of [
      '../secret.py',
      'src/../../secret.py',
      join(folder, 'secret.py'),
      'src/link.py',
      'up/secret.py',
      'src/audio/loader.py\0.txt',
      '',
    ]) {
      expect(await files.text(path), path).toBeNull();
    }
    expect(await files.list()).not.toContain('src/link.py');
  });
});

describe('resolvePath', () => {
  it.each([
    ['src/audio/loader.py', 'src/audio/loader.py'],
    ['/app/src/audio/loader.py', 'src/audio/loader.py'],
    [String.raw`C:\build\src\audio\loader.py`, 'src/audio/loader.py'],
    ['file:///srv/audio/loader.py', 'src/audio/loader.py'],
    ['loader.py', null],
    ['/usr/lib/python3/json/decoder.py', null],
    ['../../../etc/passwd', null],
  ])('%s → %s', async (path, expected) => {
    expect(await resolvePath(files, path)).toBe(expected);
  });

  it('follows the path maps first, the longest folder winning', async () => {
    const maps = { '/app': 'nowhere', '/app/voice': 'src/audio', '/text/': 'src/text' };
    expect(await resolvePath(files, '/app/voice/loader.py', maps)).toBe('src/audio/loader.py');
    expect(await resolvePath(files, '/text/loader.py', maps)).toBe('src/text/loader.py');
    expect(await resolvePath(files, '/app/voice/loader.py', { '/app/voice': '../..' })).toBeNull();
  });
});

describe('findLiteral', () => {
  it.each([
    ['Long file found: <*>', 'src/audio/loader.py', 5],
    ['embedded <*> texts in <*>s', 'cmd/embed/main.go', 4],
  ])('%s', async (text, file, line) => {
    expect(await findLiteral(files, [text])).toEqual({ file, line });
  });

  it('knows the ways in which languages put a value into a text', () => {
    const needle = new LiteralNeedle('Loaded <*> rows of <*> tables');
    for (const line of [
      'print(f"Loaded {n} rows of {len(t)} tables")',
      'log.Printf("Loaded %d rows of %-3d tables", n, t)',
      'logger.info("Loaded {} rows of {} tables", n, t);',
      'console.log(`Loaded ${n} rows of ${t.length} tables`)',
      'puts "Loaded #{n} rows of #{t} tables"',
      'print("Loaded \\(n) rows of \\(t) tables")',
      'System.out.println("Loaded " + n + " rows of " + t + " tables");',
    ]) {
      expect(needle.fit(line), line).toBe(3);
    }
    expect(needle.fit('// Loaded 5 rows of 3 tables')).toBe(0);
  });

  it('says nothing where the text is in many places, too short, or only in a comment', async () => {
    for (const name of ['a', 'b', 'c', 'd']) write(`src/${name}.ts`, 'log("common words here")\n');
    write('src/e.ts', '// remember the milk\n');
    files = new WorkspaceFiles(root);
    expect(await findLiteral(files, ['common words here'])).toBeNull();
    expect(await findLiteral(files, ['<*> ok <*>'])).toBeNull();
    expect(await findLiteral(files, ['remember the milk'])).toBeNull();
  });
});

describe('findSymbol', () => {
  it.each([
    ['audio.loader.load_audio', 'src/audio/loader.py', 4],
    ['main.(*Embedder).EmbedBatch', 'cmd/embed/main.go', 3],
    ['Embedder.EmbedBatch', 'cmd/embed/main.go', 3],
    ['nothing_like_it', null, 0],
    ['a(((((b+)+)+)+$', null, 0],
  ])('%s', async (name, file, line) => {
    expect(await findSymbol(files, name)).toEqual(file === null ? null : { file, line });
  });
});

describe('locateFindings', () => {
  const finding = (spans: number[], texts: string[]): Finding => ({
    kind: 'repeated-load',
    severity: 'error',
    title: '',
    count: 2,
    wastedSeconds: null,
    share: null,
    expected: '',
    actual: '',
    evidence: [],
    cause: '',
    fix: '',
    confidence: 1,
    refutedBy: '',
    subject: { spans, texts },
    location: null,
  });

  function runWith(ref: SourceRef | null, childRef: SourceRef | null = null) {
    const builder = newBuilder();
    const track = builder.track('main', 'thread');
    const place = (each: SourceRef | null) => (each === null ? undefined : builder.source(each));
    const parent = builder.addSpan({
      ...{ name: 'job', startNs: 0, durationNs: 10, track, parent: null, source: place(ref) },
    });
    builder.addSpan({
      ...{ name: 'load', startNs: 1, durationNs: 5, track, parent, source: place(childRef) },
    });
    return builder.finish({ status: 'done' });
  }

  it('takes the place that the span states, on whatever machine it ran', async () => {
    const ref = { file: '/app/src/audio/loader.py', line: 5, rung: 'code-attribute' } as const;
    const [located] = await locateFindings(runWith(null, ref), [finding([1], [])], files);
    expect(located!.location).toEqual({ ...ref, file: 'src/audio/loader.py' });
  });

  it('blames the nearest ancestor in the workspace instead of a library', async () => {
    const ours = { file: 'src/audio/loader.py', line: 4, rung: 'frame' } as const;
    const library = { file: '/usr/lib/wave.py', line: 99, rung: 'frame' } as const;
    const [located] = await locateFindings(runWith(ours, library), [finding([1], [])], files);
    expect(located!.location).toEqual(ours);
  });

  it('goes down the ladder: symbol, literal, the project’s map, the stated place', async () => {
    const stated = {
      file: '/elsewhere/x.go',
      line: 7,
      functionName: 'Embedder.EmbedBatch',
      rung: 'code-attribute',
    } as const;
    const run = runWith(null, stated);
    const located = await locateFindings(
      run,
      [
        finding([1], []),
        finding([0], ['Long file found: <*>']),
        finding([0], ['no such text']),
        finding([0], ['nowhere to be found']),
      ],
      files,
      { sourceLines: { 'no such text': 'src/text/loader.py:1' } },
    );
    expect(
      located.map(
        ({ location }) => location && `${location.rung} ${location.file}:${location.line}`,
      ),
    ).toEqual([
      'symbol cmd/embed/main.go:3',
      'string-literal src/audio/loader.py:5',
      'user-map src/text/loader.py:1',
      null,
    ]);
    const foreign = { file: '/elsewhere/x.go', line: 7, rung: 'code-attribute' } as const;
    const [outside] = await locateFindings(runWith(null, foreign), [finding([1], [])], files);
    expect(outside!.location).toEqual(foreign);
  });
});
