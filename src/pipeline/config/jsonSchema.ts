import { z } from 'zod';
import { EarshotConfig } from './configSchema.ts';
import type { DefaultTarget } from './mergeTargets.ts';

/**
 * The JSON schema of `earshot.config.json`, as the text of the file that editors read. The targets are named in it, so
 * that an editor can propose them.
 */
export function configJsonSchema(targets: readonly DefaultTarget[]): string {
  const schema = z.toJSONSchema(EarshotConfig, { target: 'draft-7', io: 'input' });
  const limits = schema.properties?.['targets'];
  if (typeof limits === 'object' && typeof limits.additionalProperties === 'object') {
    const limit = limits.additionalProperties;
    delete limits.propertyNames;
    limits.properties = Object.fromEntries(
      targets.map((target) => [target.name, { ...limit, description: describe(target) }]),
    );
    limits.patternProperties = {
      '^stage:.+': {
        ...limit,
        description: 'Most seconds of a stage of any program: its span or log line of this name.',
      },
    };
    limits.additionalProperties = false;
  }
  return `${JSON.stringify(schema, null, 2)}\n`;
}

function describe({ title, limit, direction, unit }: DefaultTarget): string {
  const rule = direction === 'at-most' ? 'at most' : 'at least';
  return `${title}: ${rule} ${Number(limit.toPrecision(4))} ${unit} by default.`;
}
