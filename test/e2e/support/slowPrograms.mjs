// Small programs in three languages that tell what they do to OTEL_EXPORTER_OTLP_ENDPOINT, each with a stage `embed`
// whose time is in the source: slowing it down there is the regression.
import { execFileSync, spawnSync } from 'node:child_process';

/** Places are stated: code.file.path and code.line.number. */
const PYTHON = `import json, os, sys, time, urllib.request

spans = []


def stage(name, seconds):
    line = sys._getframe(1).f_lineno
    start = time.time_ns()
    time.sleep(seconds)
    spans.append({
        'traceId': '5b8efff798038103d269b633813fc60c', 'spanId': '%016x' % (len(spans) + 1),
        'name': name, 'kind': 1,
        'startTimeUnixNano': str(start), 'endTimeUnixNano': str(time.time_ns()),
        'attributes': [
            {'key': 'code.file.path', 'value': {'stringValue': __file__}},
            {'key': 'code.line.number', 'value': {'intValue': str(line)}},
        ]})


def main():
    stage('decode', 0.03)
    stage('embed', 0.03)
    body = {'resourceSpans': [{'resource': {'attributes': []}, 'scopeSpans': [{'spans': spans}]}]}
    url = os.environ['OTEL_EXPORTER_OTLP_ENDPOINT'] + '/v1/traces'
    headers = {'Content-Type': 'application/json'}
    urllib.request.urlopen(urllib.request.Request(url, json.dumps(body).encode(), headers)).read()


main()
`;

/** No places: spans have the names of functions. */
const GO = `package main

import (
	"fmt"
	"net/http"
	"os"
	"strings"
	"time"
)

var spans []string

func traced(name string, work func()) {
	start := time.Now().UnixNano()
	work()
	spans = append(spans, fmt.Sprintf(
		"{\\"traceId\\":\\"5b8efff798038103d269b633813fc60c\\",\\"spanId\\":\\"%016x\\",\\"name\\":\\"%s\\",\\"kind\\":1,"+
			"\\"startTimeUnixNano\\":\\"%d\\",\\"endTimeUnixNano\\":\\"%d\\"}",
		len(spans)+1, name, start, time.Now().UnixNano()))
}

func decodeAudio() {
	time.Sleep(30 * time.Millisecond)
}

func embedTexts() {
	time.Sleep(30 * time.Millisecond)
}

func main() {
	traced("decodeAudio", decodeAudio)
	traced("embedTexts", embedTexts)
	body := "{\\"resourceSpans\\":[{\\"resource\\":{},\\"scopeSpans\\":[{\\"spans\\":[" + strings.Join(spans, ",") + "]}]}]}"
	url := os.Getenv("OTEL_EXPORTER_OTLP_ENDPOINT") + "/v1/traces"
	answer, err := http.Post(url, "application/json", strings.NewReader(body))
	if err != nil {
		panic(err)
	}
	answer.Body.Close()
}
`;

/** Where there is no Go: plays what main.go says, under its names. */
const PLAY_GO = `import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
const source = readFileSync('main.go', 'utf8');
const spans = [];
for (const [, name, milliseconds] of source.matchAll(/func (\\w+)\\(\\) \\{\\n\\ttime\\.Sleep\\((\\d+) /g)) {
  const start = BigInt(Date.now()) * 1000000n;
  const from = performance.now();
  await sleep(Number(milliseconds));
  const end = start + BigInt(Math.round((performance.now() - from) * 1e6));
  spans.push({ traceId: '5b8efff798038103d269b633813fc60c', spanId: String(spans.length + 1).padStart(16, '0'),
    name, kind: 1, startTimeUnixNano: String(start), endTimeUnixNano: String(end) });
}
await fetch(process.env.OTEL_EXPORTER_OTLP_ENDPOINT + '/v1/traces', { method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ resourceSpans: [{ resource: {}, scopeSpans: [{ spans }] }] }) });
`;

/** No places, and names that are no names of functions: they are found as they are written. */
const TYPESCRIPT = `import { setTimeout as sleep } from 'node:timers/promises';

interface Span {
  readonly name: string;
  readonly [field: string]: unknown;
}
const spans: Span[] = [];

async function traced(name: string, milliseconds: number): Promise<void> {
  const start = BigInt(Date.now()) * 1_000_000n;
  const from = performance.now();
  await sleep(milliseconds);
  const end = start + BigInt(Math.round((performance.now() - from) * 1e6));
  spans.push({
    traceId: '5b8efff798038103d269b633813fc60c',
    spanId: String(spans.length + 1).padStart(16, '0'),
    name,
    kind: 1,
    startTimeUnixNano: String(start),
    endTimeUnixNano: String(end),
  });
}

await traced('decode the audio', 30);
await traced('embed the texts', 30);
await fetch(\`\${process.env['OTEL_EXPORTER_OTLP_ENDPOINT']}/v1/traces\`, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ resourceSpans: [{ resource: {}, scopeSpans: [{ spans }] }] }),
});
`;

const hasGo = spawnSync('go', ['version']).status === 0;

/** By language: files, the command, what is slowed down in which file, and the line that is blamed. */
export const PROGRAMS = {
  python: {
    files: { 'job.py': PYTHON },
    command: ['python3', 'job.py'],
    file: 'job.py',
    stage: 'embed',
    slow: ["stage('embed', 0.03)", "stage('embed', 0.2)"],
    blamed: "stage('embed', 0.2)",
  },
  go: {
    files: hasGo
      ? { 'main.go': GO, '.gitignore': 'job\n' }
      : { 'main.go': GO, 'play.mjs': PLAY_GO },
    command: hasGo ? ['./job'] : [process.execPath, 'play.mjs'],
    setup: hasGo ? 'go build -o job main.go' : null,
    file: 'main.go',
    stage: 'embedTexts',
    slow: ['func embedTexts() {\n\ttime.Sleep(30 ', 'func embedTexts() {\n\ttime.Sleep(200 '],
    blamed: 'func embedTexts() {',
    note: hasGo ? 'real Go' : 'no Go here: a program plays main.go under its names',
  },
  typescript: {
    files: { 'job.ts': TYPESCRIPT, 'package.json': '{ "type": "module" }\n' },
    command: [process.execPath, '--disable-warning=ExperimentalWarning', 'job.ts'],
    file: 'job.ts',
    stage: 'embed the texts',
    slow: ["'embed the texts', 30", "'embed the texts', 200"],
    blamed: "await traced('embed the texts', 200);",
  },
};

/** Makes a folder a repository whose first commit is what is in it. */
export function commitAll(folder) {
  const git = (...args) => execFileSync('git', ['-C', folder, ...args], { stdio: 'ignore' });
  git('init', '-q');
  git('add', '.');
  git('-c', 'user.name=t', '-c', 'user.email=t@example.org', 'commit', '-qm', 'Begin');
}
