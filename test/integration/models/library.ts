import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createEarshot } from '../../../src/pipeline/createEarshot.ts';
import type { Conversation, Earshot } from '../../../src/pipeline/earshot.ts';
import { homeLayout } from '../../../src/pipeline/home.ts';
import { ATTRIBUTE, STAGE_SPAN_PREFIX } from '../../../src/profiler/model/attributeNames.ts';
import { type Run, spanCount, spanName } from '../../../src/profiler/model/run.ts';
import { decodeRun } from '../../../src/profiler/model/runCodec.ts';
import type { IngestEvent } from '../../../src/protocol/ingest.ts';
import { openLibraryAt } from '../../../src/store/library.ts';
import { temporaryHome } from '../../helpers/temporaryHome.ts';

/** Path of a file of the project, from its root. */
export function projectFile(name: string): string {
  return fileURLToPath(new URL(`../../../${name}`, import.meta.url));
}

export function projectText(name: string): string {
  return readFileSync(projectFile(name), 'utf8');
}

/** A conversation that nobody listens to but the test; it consents to nothing. */
export function listening(): Conversation & { readonly events: IngestEvent[] } {
  const events: IngestEvent[] = [];
  return {
    events,
    onEvent: (event) => void events.push(event),
    signal: new AbortController().signal,
    consent: () => Promise.resolve(false),
  };
}

/** A library of its own in a temporary folder, with one inference process where nothing else is said. */
export async function temporaryLibrary(options: { inferenceProcesses?: number } = {}): Promise<{
  readonly earshot: Earshot;
  readonly home: string;
  readonly close: () => Promise<void>;
}> {
  const home = temporaryHome();
  const earshot = await createEarshot({ home: home.path, inferenceProcesses: 1, ...options });
  const close = async () => {
    await earshot.close();
    home[Symbol.dispose]();
  };
  return { earshot, home: home.path, close };
}

/** A stored run of a library. */
export function storedRun(home: string, runId: string): Run {
  const library = openLibraryAt(homeLayout(home).library);
  try {
    return decodeRun(library.runs.get(runId)!.run);
  } finally {
    library.close();
  }
}

/** How many units of work each stage of a run did, by the stage of the span above each unit's span. */
export function unitsByStage(run: Run): Map<string, number> {
  const units = new Map<string, number>();
  const unitKey = run.strings.indexOf(ATTRIBUTE.unit);
  const marked = new Set(run.attributes.span.filter((_, i) => run.attributes.keyId[i] === unitKey));
  for (let span = 0; span < spanCount(run); span++) {
    if (!marked.has(span)) continue;
    const parent = spanName(run, run.spans.parent[span]!);
    const stage = parent.replace(STAGE_SPAN_PREFIX, '');
    units.set(stage, (units.get(stage) ?? 0) + 1);
  }
  return units;
}
