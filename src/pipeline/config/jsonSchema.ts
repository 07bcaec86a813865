import { z } from 'zod';
import { EarshotConfig } from './configSchema.ts';

/** The JSON schema of `earshot.config.json`, as the text of the file that editors read. */
export function configJsonSchema(): string {
  const schema = z.toJSONSchema(EarshotConfig, { target: 'draft-7', io: 'input' });
  return `${JSON.stringify(schema, null, 2)}\n`;
}
