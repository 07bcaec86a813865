/** `npm run bench -- NAME [options]`: runs one benchmark; each is also a program of its own. */
const BENCHMARKS: Readonly<Record<string, string>> = {
  long: './longRecording.ts',
  peer: './peer.ts',
  texts: './textEmbeddings.ts',
  padding: './padding.ts',
  overhead: './overhead.ts',
  import: './importing.ts',
  log: './logs.ts',
  receiver: './receiver.ts',
  rules: './rules.ts',
  aa: './aaComparisons.ts',
  bisect: './bisectHistories.ts',
  diff: './diffTraces.ts',
  charts: './charts.ts',
  flame: './flame.ts',
  editor: './flameInEditor.mjs',
};

const name = process.argv[2];
const file = name === undefined ? undefined : BENCHMARKS[name];
if (file === undefined) {
  const names = Object.keys(BENCHMARKS).join('|');
  console.error(`npm run bench -- ${names} [options]; NAME --help tells the options.`);
  process.exit(2);
}
process.argv.splice(2, 1);
await import(file);
