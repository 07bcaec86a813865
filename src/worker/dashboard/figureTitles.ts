/** Short names of the figures of an ingest: a heading above a curve. */
export const FIGURE_TITLES: ReadonlyMap<string, string> = new Map([
  ['real-time-factor', 'Real-time factor'],
  ['audio-hours-per-hour', 'Hours of audio per hour'],
  ['text-embeddings-per-second', 'Text embedding throughput'],
  ['voice-coverage', 'Voice coverage'],
  ['voice-embedding-seconds-per-audio-hour', 'Voice embedding time'],
  ['audio-loads', 'Loads of the same audio'],
  ['peak-memory', 'Peak memory'],
]);
