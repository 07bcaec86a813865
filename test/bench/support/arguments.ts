import { parseArgs, type ParseArgsConfig } from 'node:util';

type Options = NonNullable<ParseArgsConfig['options']>;

/** Options of a benchmark; `--help` prints the usage, anything unknown too, with exit code 2. */
export function readOptions<const O extends Options>(usage: string, options: O) {
  const withHelp = { ...options, help: { type: 'boolean', short: 'h' } } as const;
  try {
    const { values } = parseArgs({ options: withHelp, strict: true });
    if ((values as { help?: boolean }).help !== true) return values;
    console.log(usage);
    process.exit(0);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    process.exit(2);
  }
}

/** A positive number out of an option. */
export function positive(name: string, text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  console.error(`--${name}: a number above 0, not “${text}”`);
  process.exit(2);
}
