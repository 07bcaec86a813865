/** Runs a program and tells its version, or null where it cannot be used. */
export type VersionCheck = (tool: RunnableTool) => Promise<string | null>;
/** A candidate with a way to run it; `run` gives null where the system refuses to start it. */
export type RunnableTool = {
  readonly path: string;
  readonly run: (args: readonly string[], input?: string) => Promise<RunOutput | null>;
};
export type RunOutput = {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
};

/** Compares dotted versions by number: negative when `a` is older than `b`. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number));
  for (let part = 0; part < Math.max(left?.length ?? 0, right?.length ?? 0); part += 1) {
    const difference = (left?.[part] ?? 0) - (right?.[part] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Version of ffmpeg or ffprobe; any is good enough. */
export async function ffmpegVersion(tool: RunnableTool): Promise<string | null> {
  const result = await tool.run(['-hide_banner', '-version']);
  if (result?.exitCode !== 0) return null;
  return /^ff(?:mpeg|probe) version (\S+)/m.exec(result.stdout)?.[1] ?? null;
}

/** Version of Node, at least 22, that runs a script in the way yt-dlp will run it. */
export async function nodeVersion(tool: RunnableTool): Promise<string | null> {
  const result = await tool.run(['--version']);
  const version = /^v(\d+\.\d+\.\d+)/.exec(result?.stdout ?? '')?.[1];
  if (version === undefined || compareVersions(version, '22.0.0') < 0) return null;
  // yt-dlp runs `node --permission -` with the script on stdin and takes any stderr for a failure.
  const flags =
    compareVersions(version, '23.5.0') < 0
      ? ['--experimental-permission', '--no-warnings=ExperimentalWarning', '-']
      : ['--permission', '-'];
  const script = await tool.run(flags, 'console.log(6*7)');
  return script?.exitCode === 0 && script.stdout.trim() === '42' && script.stderr === ''
    ? version
    : null;
}

/** Version of Deno, at least 2.3. */
export async function denoVersion(tool: RunnableTool): Promise<string | null> {
  const version = /^deno (\d+\.\d+\.\d+)/.exec((await tool.run(['--version']))?.stdout ?? '')?.[1];
  return version !== undefined && compareVersions(version, '2.3.0') >= 0 ? version : null;
}

/** Version of yt-dlp, at least `minimum`. */
export async function ytDlpVersion(tool: RunnableTool, minimum: string): Promise<string | null> {
  const output = await tool.run(['--ignore-config', '--version']);
  const version = /^(\d{4}\.\d{1,2}\.\d{1,2}(?:\.\d+)*)/.exec(output?.stdout ?? '')?.[1];
  return version !== undefined && compareVersions(version, minimum) >= 0 ? version : null;
}
