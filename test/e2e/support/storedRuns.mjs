// Puts ingests and judgements into a library as the pipeline and gates do, without the time that those take.
import { realpathSync } from 'node:fs';
import path from 'node:path';
import { putIngests, putTranscript } from '../../helpers/dashboardRuns.ts';
import { openLibraryAt } from '../../../src/store/library.ts';

const libraryOf = (home) => openLibraryAt(path.join(home, 'library.sqlite'));

/** Six ingests of a talk, the last with lost voices, slow texts and a file loaded 41 times. */
export function storeTalk(home) {
  const library = libraryOf(home);
  const plans = Array.from({ length: 6 }, (_, i) => {
    const bad = i === 5;
    const wavering = 1 + (i % 3) * 0.01;
    return {
      ...{ id: `talk-${i}`, name: 'A talk', audioSeconds: 6870, texts: 1000, loads: bad ? 41 : 1 },
      stages: { decode: 20 * wavering, voice: bad ? 300 : 25, embed: bad ? 272 : 5 },
      voices: bad ? { own: 508, none: 986 } : { own: 1450, widened: 44 },
    };
  });
  putIngests(library, 'talk', plans);
  putTranscript(library, 'talk', 'talk-5', ['own', 'none', 'none', 'own']);
  library.close();
}

/** Ingests of a video with this title and stages of this name, and a transcript that says this. */
export function storeIngestsNamed(home, text) {
  const library = libraryOf(home);
  putIngests(library, 'named', [
    { id: 'named-0', name: text, stages: { [text]: 3, embed: 1 } },
    { id: 'named-1', name: text, stages: { [text]: 9, embed: 1 }, voices: { own: 1, none: 2 } },
    { id: 'named-2', name: text, stages: { [text]: 9, embed: 1 }, voices: { own: 1, none: 2 } },
  ]);
  putTranscript(library, 'named', 'named-2', ['own', 'none', 'none'], () => text);
  library.close();
}

/** A verdict and a finding made of this text, on the first line of a file of the workspace. */
export function storeMarks(home, workspace, { file, lineText, text }) {
  const place = {
    ...{ file, source: { file, line: 1, column: null, rung: 'string-literal' }, lineText },
    ...{ share: 0.5, span: null, series: text, name: text, origin: 'run' },
    ...{ runs: { a: [], b: ['named-2'] }, madeAt: '2026-01-01T00:00:00.000Z' },
  };
  const verdict = {
    ...{ word: 'slower', tier: 2, stage: text, metric: text, unit: text, ratio: 2, p: 0.001 },
    ...{ interval: [1.9, 2.1], n: [5, 5], smallestVisible: 1.2, medians: [1, 2], reason: text },
    values: [[1], [2]],
  };
  const finding = {
    ...{ kind: 'repeated-load', severity: 'error', title: text, expected: text, actual: text },
    ...{ cause: text, fix: text, wastedSeconds: 1, share: 0.5 },
    evidence: [{ text, file: '../../../../etc/passwd', line: 1, span: null }],
  };
  const library = libraryOf(home);
  library.database
    .prepare(
      `INSERT INTO judgements (workspace, origin, name, made_at, word, text, runs_b, marks)
       VALUES (?, 'run', ?, '2099-01-01T00:00:00.000Z', 'slower', ?, '["named-2"]', ?)`,
    )
    .run(
      ...[realpathSync(workspace), text, text],
      JSON.stringify([
        { ...place, key: 'verdict', verdict, finding: null },
        { ...place, key: 'finding', verdict: null, finding },
      ]),
    );
  library.close();
}
