import { spawn, spawnSync } from 'node:child_process';

/** A pseudo-terminal around a command, from Python's standard library; types when it sees the text it waits for. */
const PTY = `
import fcntl, json, os, pty, struct, sys, termios, time
argv, columns, wait_for, keys = json.loads(sys.argv[1])
pid, fd = pty.fork()
if pid == 0:
    os.execv(argv[0], argv)
fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack('HHHH', 40, columns, 0, 0))
seen = b''
while True:
    try:
        chunk = os.read(fd, 65536)
    except OSError:
        break
    if not chunk:
        break
    os.write(1, chunk)
    seen += chunk
    while keys and wait_for[0].encode() in seen:
        seen = b''
        wait_for.pop(0)
        time.sleep(0.3)
        os.write(fd, keys.pop(0).encode())
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) & 255)
`;

export const HAS_PTY = spawnSync('python3', ['-c', 'import pty, fcntl']).status === 0;

/** Runs a program on a terminal; for each text it waits for, it types the keys of the same place. */
export function onTerminal(
  argv: readonly string[],
  options: {
    readonly columns: number;
    readonly waitFor?: readonly string[];
    readonly keys?: readonly string[];
    readonly env?: Record<string, string>;
  },
): Promise<{ readonly output: string; readonly code: number | null }> {
  const { columns, waitFor = [], keys = [], env = {} } = options;
  return new Promise((resolve, reject) => {
    const child = spawn('python3', ['-c', PTY, JSON.stringify([argv, columns, waitFor, keys])], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, TERM: 'xterm-256color', NO_COLOR: '', ...env },
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.once('error', reject);
    child.once('close', (code) => resolve({ output, code }));
  });
}
