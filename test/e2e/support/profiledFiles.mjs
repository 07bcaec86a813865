// A real file of each kind that Earshot's editor is offered for.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { ROOT } from './paths.mjs';

const FIXTURES = path.join(ROOT, 'test', 'fixtures');
const read = (name) => readFileSync(path.join(FIXTURES, 'profiles', name));
const unpacked = (name) => gunzipSync(read(name));

/** By name in the workspace; the ends of the names are those of the editor's selector. */
export const PROFILED_FILES = {
  'node.cpuprofile': read('node/program.cpuprofile'),
  'pyinstrument.speedscope.json': read('pyinstrument/program.speedscope.json'),
  'py-spy.speedscope': read('py-spy/program.speedscope.json'),
  'viztracer.trace.json': read('chrome/viztracer.json'),
  'rust.trace.json.gz': gzipSync(read('chrome/tracing-chrome-async.json')),
  'tsc.trace': read('chrome/tsc.json'),
  'rust.pprof': read('pprof-rs/cpu.pb'),
  'go.pb.gz': read('go/cpu.pb.gz'),
  'cprofile.prof': read('cprofile/program.prof'),
  'cprofile.pstats': read('cprofile/program.prof'),
  'node.otlp.json': unpacked('seeded/thumbnails/repeated-load-1.otlp.json.gz'),
  'python.otlp.jsonl': read('otlp/python-files/traces.jsonl'),
  'python.otlp.pb': unpacked('seeded/speech/n-plus-one-1.otlp.pb.gz'),
  'py-spy.collapsed': read('py-spy/program.collapsed.txt'),
  'perf.folded': read('perf/program.collapsed.txt'),
  'c.perf.txt': read('perf/program.perf.txt'),
  'lecture.log': readFileSync(path.join(FIXTURES, 'logs-story', 'lecture.python.log')),
};

/** Kinds whose names say nothing: for “Open with Earshot” alone. */
export const NAMELESS_FILES = {
  'samply.json': read('samply/program.json'),
};
