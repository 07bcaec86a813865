import path from 'node:path';

export const ROOT = path.join(import.meta.dirname, '..', '..', '..');
export const SAMPLE = path.join(ROOT, 'media', 'sample', 'sample.opus');
export const SAMPLE_TEXT = path.join(ROOT, 'media', 'sample', 'sample.txt');
export const SCREENSHOTS = path.join(ROOT, 'test-results', 'screenshots');
