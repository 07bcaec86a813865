import { ProfilerError } from '../../model/profilerError.ts';
import type { ByteSource, Importer, ImportTarget, InputHead } from '../importer.ts';
import { loggedLines } from './loggedLines.ts';
import { importSink } from './otlpImport.ts';
import { readOtlpJson } from './otlpJsonReader.ts';

/** A request, or a resource by itself, as its first key tells. */
const REQUEST = /^\s*(?:\[\s*)?\{\s*"resource(?:Spans|Logs|Metrics|_spans|_logs|_metrics)"\s*:/u;
const RESOURCE = /^\s*\{\s*"resource"\s*:\s*\{/u;
const SCOPES = /"scope(?:Spans|Logs|Metrics)"\s*:\s*\[/u;
const RESOURCES = /"resource(?:Spans|Logs|Metrics)"\s*:\s*\[/u;
/** On a line of a log, behind its prefix. */
const LOGGED = /\{"resource(?:(?:Spans|Logs|Metrics)":\[|":\{"attributes":)/u;

/** OTLP as JSON: one request, several on lines of their own or one behind the other, or on the lines of a log. */
export const otlpJsonImporter: Importer = {
  format: 'otlp-json',
  title: 'OpenTelemetry (OTLP, JSON)',
  detect: ({ text }: InputHead) => {
    const begins = text.replace(/^\uFEFF/u, '');
    if (REQUEST.test(begins)) return 1;
    if (RESOURCE.test(begins)) return SCOPES.test(begins) ? 1 : 0.6;
    // Another first key, such as `schemaUrl`: the words have to be there all the same.
    if (/^\s*\{/u.test(begins) && SCOPES.test(begins) && RESOURCES.test(begins)) {
      return 0.9;
    }
    return LOGGED.test(begins) && SCOPES.test(begins) ? 0.95 : 0;
  },
  read: readFile,
};

async function readFile(source: ByteSource, target: ImportTarget): Promise<void> {
  const sink = importSink(target);
  const bare = /^[\s\uFEFF]*[{[]/u.test(source.head.text);
  const pieces = bare ? source.chunks() : loggedLines(source.chunks());
  await readOtlpJson(sink, pieces, null, target.signal);
  if (sink.accepted === 0 && sink.rejected > 0) {
    throw new ProfilerError(
      'import.unreadable',
      `${source.name} holds no OTLP that can be read: ${sink.problem}.`,
    );
  }
  sink.finish();
}
