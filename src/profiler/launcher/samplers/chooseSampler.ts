import { execFile } from 'node:child_process';
import { accessSync, constants, createWriteStream } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { spawn } from 'node:child_process';
import { chromeTraceImporter } from '../../importers/chrome/chromeTrace.ts';
import { perfScriptImporter } from '../../importers/perfScript/perfScript.ts';
import { AttachedSampler } from './attachedSampler.ts';
import { NodeSampler } from './nodeSampler.ts';
import type { Sampler } from './sampler.ts';

/** A sampler, or one sentence that says what to install. */
export type SamplerChoice = { readonly sampler: Sampler } | { readonly missing: string };

type Env = Readonly<Record<string, string | undefined>>;

/**
 * The sampler for a program, by its name and by what is installed.
 *
 * @param folder where it may write.
 */
export function chooseSampler(program: string, env: Env, folder: string): SamplerChoice {
  const name = basename(program)
    .toLowerCase()
    .replace(/\.exe$/u, '');
  if (/^(?:node|npm|npx|yarn|pnpm|tsx|ts-node)$/u.test(name)) {
    return { sampler: new NodeSampler(folder) };
  }
  if (/^(?:python|pypy|pytest|uvicorn|gunicorn|poetry|uv$)/u.test(name)) {
    if (isInstalled('py-spy', env)) return { sampler: pySpy(join(folder, 'py-spy.json')) };
    return { missing: 'To sample Python, install py-spy: pip install py-spy.' };
  }
  if (name === 'java') {
    return {
      missing: 'Recordings of Java’s Flight Recorder cannot be read here; its spans and lines can.',
    };
  }
  if (process.platform === 'linux' && isInstalled('perf', env)) {
    return { sampler: perf(join(folder, 'perf.data'), join(folder, 'perf.txt')) };
  }
  return { missing: `To sample ${name}, install perf (package linux-perf or linux-tools).` };
}

/** Its Chrome trace is the one of its formats with times. */
function pySpy(file: string): Sampler {
  let attachedNs: bigint | null = null;
  return new AttachedSampler({
    name: 'py-spy',
    file,
    command: (pid) => {
      attachedNs = process.hrtime.bigint();
      const what = ['--format', 'chrometrace', '--subprocesses', '--rate', '100'];
      return ['py-spy', 'record', '--pid', String(pid), '--output', file, ...what];
    },
    written: () =>
      Promise.resolve({ path: file, importer: chromeTraceImporter, zeroNs: attachedNs }),
  });
}

function perf(data: string, text: string): Sampler {
  return new AttachedSampler({
    name: 'perf',
    file: data,
    command: (pid) => {
      const how = ['-F', '99', '-g', '-k', 'CLOCK_MONOTONIC', '-e', 'cpu-clock'];
      return ['perf', 'record', ...how, '-o', data, '-p', String(pid)];
    },
    written: async () => {
      const child = spawn('perf', ['script', '-i', data], { stdio: ['ignore', 'pipe', 'ignore'] });
      await pipeline(child.stdout, createWriteStream(text));
      const firstNs = await firstSampleNs(data);
      return firstNs === null
        ? null
        : { path: text, importer: perfScriptImporter, zeroNs: firstNs };
    },
  });
}

/** Time of the first sample: the importer counts from there. */
function firstSampleNs(data: string): Promise<bigint | null> {
  return new Promise((resolve) => {
    execFile('perf', ['script', '-i', data, '-F', 'time', '--ns'], (_error, stdout) => {
      const [, seconds, nanos] = /(\d+)\.(\d{9}):/u.exec(stdout) ?? [];
      resolve(seconds === undefined ? null : BigInt(seconds) * 1_000_000_000n + BigInt(nanos ?? 0));
    });
  });
}

function isInstalled(name: string, env: Env): boolean {
  return (env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
