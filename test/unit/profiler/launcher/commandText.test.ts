import { expect, it } from 'vitest';
import { commandText } from '../../../../src/profiler/launcher/commandText.ts';

it.each([
  [['python3', 'job.py', '--n=3'], 'python3 job.py --n=3'],
  [['sh', '-c', "echo 'a b'"], String.raw`sh -c 'echo '\''a b'\'''`],
  [['x', ''], "x ''"],
  [['curl', '-u', 'x', '--password=hunter2'], "curl -u x '--password=***'"],
  [['x', '--api-key', 'abc', '--n', '3'], "x --api-key '***' --n 3"],
  [['x', '--token', '--verbose'], 'x --token --verbose'],
  [['x', '--password', '-dash', 'y'], "x --password '***' y"],
  [['env', 'DB_PASSWORD=s3', 'x'], "env 'DB_PASSWORD=***' x"],
  [['git', 'clone', 'https://me:pw@host/x.git'], "git clone 'https://***@host/x.git'"],
  [['curl', '-H', 'Authorization: Bearer abc.def'], "curl -H 'Authorization:***'"],
  // The program's own name is none of an option's value.
  [['token', 'list'], 'token list'],
  // One line of a command that a shell sees.
  [['sh', '-c', 'a --pass x; curl -u me:pw b'], "sh -c 'a --pass *** curl -u me:*** b'"],
])('shows %j as it may be kept', (command, text) => {
  expect(commandText(command)).toBe(text);
});

it.each([
  ['-u', 'me:s3cr'],
  ['-ume:s3cr'],
  ['--user', 'me:s3cr'],
  ['--user=me:s3cr'],
  ['MYSQL_PWD=s3cr'],
  ['DB_PASS=s3cr'],
  ['GITHUB_PAT=s3cr'],
  ['PGPASSWORD=s3cr'],
  ['-Dssl.keyStorePassword=s3cr'],
  ['--pass', 's3cr'],
  ['--pwd=s3cr'],
  ['--auth=s3cr'],
  ['--secret-key', 's3cr'],
  ['--private-key', 's3cr'],
  ['--accessToken', 's3cr'],
  ['--password', '--token', 's3cr'],
  ['-passin', 'pass:s3cr'],
  ['-H', 'PRIVATE-TOKEN: s3cr'],
  ['https://s3cr@github.com'],
  ['postgres://u:p/s3cr@h/x'],
  ['--url=postgres://u:s3cr@h/x'],
  ['https://h/x?a=1&api_key=s3cr'],
  ['-c', "ssh h 'x --pass s3cr'"],
  ['-c', 'export DB_PASS="a s3cr"; ./x'],
])('masks the secret of %j', (...args) => {
  const text = commandText(['x', ...args]);
  expect(text).not.toContain('s3cr');
  expect(text).toContain('***');
});

it.each([
  [['docker', 'run', '-u', '1000:1000', 'image']],
  [['env', 'PWD=/x', 'y']],
  [['x', 'https://host/pkg@1.0/y']],
  [['x', '--bypass', 'y', '--compass=z']],
  [['x', '--max-tokens', '5', '--key', 'name', '--user', 'me']],
])('leaves %j as it is', (command) => {
  expect(commandText(command)).toBe(command.join(' '));
});
