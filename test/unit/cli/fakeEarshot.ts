import { CancelledError, EarshotError } from '../../../src/pipeline/earshotError.ts';
import type { Conversation, Earshot, EarshotOptions } from '../../../src/pipeline/earshot.ts';
import type { IngestRequest, IngestResult, RerunRequest } from '../../../src/protocol/ingest.ts';
import type {
  DoctorCheck,
  ModelInfo,
  RunFormat,
  RunReport,
  SearchHit,
  TargetInfo,
  VideoSummary,
} from '../../../src/protocol/library.ts';
import { CONVERSATION, resultOf } from '../pipeline/transcript/sampleResult.ts';

type Script = (request: IngestRequest, talk: Conversation) => Promise<IngestResult[]>;

export const VIDEO: VideoSummary = {
  id: 'v1',
  title: '会議 about 👂 ears',
  source: 'https://youtu.be/dQw4w9WgXcQ',
  state: 'ready',
  stage: null,
  durationSeconds: 754,
  speakers: 2,
  coverage: 0.975,
  language: 'en',
  errorMessage: null,
  createdAt: '2026-01-02T03:04:05.000Z',
  updatedAt: '2026-01-03T03:04:05.000Z',
  lastRunId: 'r1',
};

/** Tells of an ingest as the pipeline would, and gives its result. */
export function tellIngest(talk: Conversation, id: string, source: string): IngestResult {
  const { onEvent } = talk;
  onEvent({ type: 'started', id, runId: `r-${id}`, source, title: `Title of ${id}` });
  onEvent({ type: 'stage', id, stage: 'download', state: 'cached' });
  onEvent({ type: 'stage', id, stage: 'decode', state: 'running' });
  onEvent({
    type: 'progress',
    id,
    stage: 'decode',
    fraction: 0.5,
    etaSeconds: 61,
    speed: '300× real time',
    overallFraction: 0.25,
    overallEtaSeconds: 125,
  });
  onEvent({ type: 'stage', id, stage: 'decode', state: 'done' });
  const result = resultOf(CONVERSATION, { id, runId: `r-${id}` });
  onEvent(result);
  onEvent({
    type: 'notice',
    id,
    level: 'warning',
    code: 'recognition.low-confidence',
    message: 'One segment is uncertain.',
    action: 'Listen to it.',
  });
  return result;
}

/** An Earshot that does what a test has written down. */
export class FakeEarshot implements Earshot {
  options: EarshotOptions | null = null;
  closed = 0;
  readonly requests: (IngestRequest | RerunRequest)[] = [];
  readonly removed: string[] = [];
  script: Script = (request, talk) => Promise.resolve([tellIngest(talk, 'v1', request.source)]);
  videos: VideoSummary[] = [VIDEO];
  checks: DoctorCheck[] = [
    { name: 'ffmpeg', status: 'ok', detail: '7.1, bundled', action: null },
    { name: 'yt-dlp', status: 'warning', detail: 'not there', action: 'Install yt-dlp.' },
  ];

  readonly create = (options: EarshotOptions): Promise<Earshot> => {
    this.options = options;
    return Promise.resolve(this);
  };

  ingest(request: IngestRequest, talk: Conversation): Promise<IngestResult[]> {
    this.requests.push(request);
    return this.script(request, talk);
  }

  async rerun(request: RerunRequest, talk: Conversation): Promise<IngestResult> {
    this.requests.push(request);
    const [result] = await this.script({ source: request.id }, talk);
    if (result === undefined) throw new CancelledError();
    return result;
  }

  list(): VideoSummary[] {
    return this.videos;
  }

  show(id: string): IngestResult {
    if (id !== VIDEO.id) throw notFound(id);
    return resultOf(CONVERSATION);
  }

  search(text: string, options: { semantic: boolean; limit: number }): Promise<SearchHit[]> {
    const hit: SearchHit = {
      videoId: 'v1',
      title: 'Title of v1',
      source: VIDEO.source,
      start: 61.2,
      end: 64,
      speaker: 'Speaker 1',
      text: 'Let us begin.',
      snippet: `Let us [${text}]. ${options.semantic ? 'by meaning' : 'by words'}`,
      score: 3.5,
      segment: 3,
    };
    return Promise.resolve([hit].slice(0, text === 'absent' ? 0 : options.limit));
  }

  remove(id: string): Promise<VideoSummary> {
    if (id !== VIDEO.id) return Promise.reject(notFound(id));
    this.removed.push(id);
    return Promise.resolve(VIDEO);
  }

  models(): Promise<ModelInfo[]> {
    return Promise.resolve([
      {
        name: 'moonshine-tiny',
        title: 'Recognises English speech',
        kind: 'bundled',
        present: true,
        verified: true,
        bytes: 27_100_000,
        licence: 'MIT',
        credit: 'Useful Sensors',
        source: 'https://example.org/moonshine',
      },
    ]);
  }

  async getModel(name: string, talk: Conversation): Promise<ModelInfo> {
    if (!(await talk.consent(`Download ${name} (100 MB)?`))) {
      throw new EarshotError('consent.missing', 'It was not agreed to.', 'Pass --yes.');
    }
    const [model] = await this.models();
    return { ...model!, name };
  }

  doctor(): Promise<DoctorCheck[]> {
    return Promise.resolve(this.checks);
  }

  targets(): TargetInfo[] {
    return [
      {
        name: 'real-time-factor',
        title: 'Wall time per second of audio',
        limit: 0.02,
        direction: 'at-most',
        unit: 's/s',
        origin: 'default',
      },
      {
        name: 'text-throughput',
        title: 'Texts embedded',
        limit: 200,
        direction: 'at-least',
        unit: 'texts/s',
        origin: '/project/earshot.config.json',
      },
      {
        name: 'peak-memory',
        title: 'Peak memory',
        limit: 1.5e9,
        direction: 'at-most',
        unit: 'bytes',
        origin: 'settings',
      },
      {
        name: 'voice-coverage',
        title: 'Segments with a voice',
        limit: 0.95,
        direction: 'at-least',
        unit: 'share',
        origin: 'default',
      },
    ];
  }

  runReport(id: string): RunReport {
    return { runId: 'r1', title: `Run of ${id}`, markdown: `# Run of ${id}\n`, findings: [] };
  }

  *exportRun(id: string, format: RunFormat): Iterable<string | Uint8Array> {
    yield `{"${format}":`;
    yield Buffer.from(`"${id}"}\n`);
  }

  close(): Promise<void> {
    this.closed += 1;
    return Promise.resolve();
  }
}

export function notFound(id: string): EarshotError {
  return new EarshotError('library.not-found', `There is no video ${id}.`, 'Look at earshot list.');
}
