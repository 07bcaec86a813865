import { expect, it } from 'vitest';
import { commandText } from '../../../../src/profiler/launcher/commandText.ts';

it.each([
  [['python3', 'job.py', '--n=3'], 'python3 job.py --n=3'],
  [['sh', '-c', "echo 'a b'"], String.raw`sh -c 'echo '\''a b'\'''`],
  [['x', ''], "x ''"],
  [['curl', '-u', 'x', '--password=hunter2'], "curl -u x '--password=***'"],
  [['x', '--api-key', 'abc', '--n', '3'], "x --api-key '***' --n 3"],
  [['x', '--token', '--verbose'], 'x --token --verbose'],
  [['env', 'DB_PASSWORD=s3', 'x'], "env 'DB_PASSWORD=***' x"],
  [['git', 'clone', 'https://me:pw@host/x.git'], "git clone 'https://me:***@host/x.git'"],
  [['curl', '-H', 'Authorization: Bearer abc.def'], "curl -H 'Authorization:***'"],
  // The program's own name is none of an option's value.
  [['token', 'list'], 'token list'],
])('shows %j as it may be kept', (command, text) => {
  expect(commandText(command)).toBe(text);
});
