import { isAbsolute, relative } from 'node:path';
import { ATTRIBUTE, RESOURCE } from '../../model/attributeNames.ts';
import type { RunBuilder } from '../../model/runBuilder.ts';
import type { SpanHandle } from '../../model/spanStore.ts';
import { RUN_STAGE } from '../../model/workAccount.ts';
import type { OpenStretch, WatchedFile } from './watchedFile.ts';

/** Spans of open files in one run. */
const MAX_SPANS = 50_000;

/** Puts what is known of the large files into a run: a span for each stretch in which one was open, and the loads. */
export function addFileLoads(
  builder: RunBuilder,
  files: Iterable<WatchedFile>,
  cwd: string,
  root: SpanHandle,
): void {
  let spans = 0;
  for (const file of files) {
    if (file.stretches.length === 0) continue;
    const name = shownPath(file.path, cwd);
    for (const stretch of file.stretches) {
      spans += 1;
      if (spans > MAX_SPANS) builder.drop('droppedSpans');
      else addSpan(builder, file, stretch, name, root);
    }
    addLoads(builder, file, name);
  }
}

function addSpan(
  builder: RunBuilder,
  file: WatchedFile,
  stretch: OpenStretch,
  name: string,
  root: SpanHandle,
): void {
  const key = keyOf(name, stretch.version);
  const isLoad = file.isLoad(stretch);
  builder.addSpan({
    name: isLoad ? `load ${name}` : name,
    startNs: stretch.startNs,
    durationNs: Math.max(0, (stretch.endNs ?? stretch.startNs) - stretch.startNs),
    track: builder.track(key, 'resource'),
    parent: root,
    attributes: {
      [ATTRIBUTE.resource]: isLoad ? key : undefined,
      [ATTRIBUTE.bytes]: stretch.wrote ? undefined : (file.readOf(stretch) ?? undefined),
      'file.size_bytes': file.bytes,
      'process.pid': stretch.pid ?? undefined,
      'earshot.file.mapped': stretch.mapped ? true : undefined,
      'earshot.file.written': stretch.wrote ? true : undefined,
    },
  });
}

function addLoads(builder: RunBuilder, file: WatchedFile, name: string): void {
  const loads = new Map(file.furtherLoads);
  const add = (version: number, count: number): void => {
    loads.set(version, (loads.get(version) ?? 0) + count);
  };
  for (const stretch of file.stretches) if (file.isLoad(stretch)) add(stretch.version, 1);
  if (file.loadsUnseen > 0) add(file.stretches[0]?.version ?? 0, file.loadsUnseen);
  for (const [version, count] of loads) {
    const key = keyOf(name, version);
    builder.addWork(RUN_STAGE, { loads: { [key]: count } });
    builder.addInstant({
      kind: 'event',
      text: `${key} was loaded ${count} times`,
      timeNs: file.stretches[0]?.startNs ?? 0,
      track: builder.track(key, 'resource'),
      attributes: {
        [ATTRIBUTE.resource]: key,
        'file.size_bytes': file.bytes,
        'earshot.loads': count,
        'earshot.loads.quality': file.quality,
      },
    });
  }
}

function keyOf(name: string, version: number): string {
  return `${RESOURCE.file}${name}${version > 0 ? ` (version ${version + 1})` : ''}`;
}

/** Relative to the folder that the program runs in, where it lies inside of it. */
function shownPath(path: string, cwd: string): string {
  const inside = relative(cwd, path);
  return inside.startsWith('..') || isAbsolute(inside) ? path : inside;
}
