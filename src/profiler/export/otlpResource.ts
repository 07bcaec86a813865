import type { AttributeValue } from '../model/attributes.ts';
import type { Run } from '../model/run.ts';
import { otlpAttributes } from './otlpAttributes.ts';
import type { OtlpKeyValue } from './otlpTypes.ts';

/** A record as JSON, keys sorted, or null where it is empty. */
function jsonOrNull(record: Readonly<Record<string, unknown>>): string | null {
  const entries = Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.length === 0 ? null : JSON.stringify(Object.fromEntries(entries));
}

/**
 * What is true of the whole run, as attributes of an OTLP resource: the client as service, the environment under the
 * names of the semantic conventions where there are any, else under `earshot.`; work accounts and ledgers as JSON.
 */
export function otlpResourceAttributes(run: Run): OtlpKeyValue[] {
  const { environment, provenance } = run;
  const entries: [string, AttributeValue | null][] = [
    ['service.name', provenance.client],
    ['service.version', provenance.version === '' ? null : provenance.version],
    ['host.id', environment.machine],
    ['host.cpu.model.name', environment.cpu],
    ['os.description', environment.os],
    ['process.runtime.description', environment.runtime],
    ['earshot.run.id', run.id],
    ['earshot.run.name', run.name],
    ['earshot.run.kind', run.kind],
    ['earshot.run.status', run.status],
    ['earshot.run.error', run.error],
    ['earshot.environment.cores', environment.cores],
    ['earshot.environment.models', jsonOrNull(environment.models)],
    ['earshot.environment.precision', environment.precision],
    ['earshot.environment.threads', environment.threads],
    ['earshot.environment.batch_sizes', jsonOrNull(environment.batchSizes)],
    ['earshot.environment.input_hash', environment.inputHash],
    ['earshot.environment.config_hash', environment.configHash],
    ['earshot.work', run.work.length === 0 ? null : JSON.stringify(run.work)],
    ['earshot.ledgers', run.ledgers.length === 0 ? null : JSON.stringify(run.ledgers)],
    ['earshot.dropped_spans', provenance.droppedSpans],
  ];
  return otlpAttributes(entries);
}
