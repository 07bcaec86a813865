import { logImporter } from '../logs/logImporter.ts';
import { chromeTraceImporter } from './chrome/chromeTrace.ts';
import { collapsedImporter } from './collapsed/collapsed.ts';
import { cpuprofileImporter } from './cpuprofile/cpuprofile.ts';
import { cprofileImporter } from './cprofile/cprofile.ts';
import { firefoxImporter } from './firefox/firefox.ts';
import { goBenchImporter } from './goBench/goBench.ts';
import { hyperfineImporter } from './hyperfine/hyperfine.ts';
import { pytestBenchmarkImporter } from './pytestBenchmark/pytestBenchmark.ts';
import type { Importer } from './importer.ts';
import { otlpJsonImporter } from './otlp/otlpJsonImporter.ts';
import { otlpProtobufImporter } from './otlp/otlpProtobufImporter.ts';
import { perfScriptImporter } from './perfScript/perfScript.ts';
import { pprofImporter } from './pprof/pprof.ts';
import { speedscopeImporter } from './speedscope/speedscope.ts';

/**
 * All importers. Of two that are equally sure of an input the earlier one reads it: so what is told by a magic number
 * or a key of its own stands before what is told by the look of its lines, and plain logs, which can be anything, last.
 */
export const IMPORTERS: readonly Importer[] = [
  otlpJsonImporter,
  otlpProtobufImporter,
  chromeTraceImporter,
  speedscopeImporter,
  cpuprofileImporter,
  firefoxImporter,
  hyperfineImporter,
  pytestBenchmarkImporter,
  cprofileImporter,
  pprofImporter,
  goBenchImporter,
  perfScriptImporter,
  collapsedImporter,
  logImporter,
];
