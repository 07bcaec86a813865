import { z } from 'zod';
import { CHART_MESSAGES } from './chartMessages.ts';
import { TranscriptDocument } from './document.ts';
import { IngestEvent, IngestRequest, RerunRequest } from './ingest.ts';
import {
  DoctorCheck,
  ModelInfo,
  RunFormat,
  RunReport,
  SearchHit,
  TargetInfo,
  VideoSummary,
} from './library.ts';
import type { Direction } from './rpc.ts';
import { MARK_MESSAGES } from './markMessages.ts';
import { notification, request } from './messageTypes.ts';
import { RUN_MESSAGES } from './runMessages.ts';

/** Changes with every incompatible change of a message; the handshake compares it. */
export const PROTOCOL_VERSION = 1;

/** The result event of an ingest, as an answer. */
export const IngestResultMessage = IngestEvent.options[4];

/** The settings the worker runs with; what is absent has its default. */
export const WorkerOptions = z.object({
  home: z.string().optional(),
  ffmpegPath: z.string().optional(),
  ytDlpPath: z.string().optional(),
  allowManagedYtDlp: z.boolean().optional(),
  keepPcm: z.boolean().optional(),
  inferenceProcesses: z.number().int().min(1).optional(),
  recognitionModel: z.string().optional(),
  targets: z.record(z.string(), z.number()).optional(),
  /** Folder whose `earshot.config.json` counts; absent in an untrusted workspace. */
  workspace: z.string().optional(),
});
export type WorkerOptions = z.infer<typeof WorkerOptions>;

const Empty = z.object({});
const ById = z.object({ id: z.string() });
/** Chosen by the asker; the events of the operation carry it. */
const operation = z.string();

const toWorker: Direction = 'extension → worker';
const toExtension: Direction = 'worker → extension';

/** The first request of a connection: compares versions, gives the settings, opens the library. */
export const Handshake = request(
  'handshake',
  toWorker,
  z.object({ protocolVersion: z.number().int(), options: WorkerOptions }),
  z.object({
    protocolVersion: z.number().int(),
    pid: z.number().int(),
    node: z.string(),
    home: z.string(),
  }),
);

/**
 * Ingests a source, or each entry of a playlist. Waits its turn (`waiting`), then tells `ingestEvent`s, then answers.
 * Cancelling the request cancels the ingest.
 */
export const Ingest = request(
  'ingest',
  toWorker,
  z.object({ operation, request: IngestRequest }),
  z.object({ results: z.array(IngestResultMessage) }),
);

/** Repeats stages of a video; waits, tells and cancels as `ingest` does. */
export const Rerun = request(
  'rerun',
  toWorker,
  z.object({ operation, request: RerunRequest }),
  z.object({ result: IngestResultMessage }),
);

/** What goes on in an ingest, a re-run or a model's download. */
export const IngestEventMessage = notification(
  'ingestEvent',
  toExtension,
  z.object({ operation, event: IngestEvent }),
);

/** An operation waits behind this many others; 0 when it starts. */
export const Waiting = notification(
  'waiting',
  toExtension,
  z.object({ operation, ahead: z.number().int().min(0) }),
);

/** All videos of the library. */
export const List = request('list', toWorker, Empty, z.object({ videos: z.array(VideoSummary) }));

/** The library changed, through this worker, another window or the command line. */
export const LibraryChanged = notification(
  'libraryChanged',
  toExtension,
  z.object({ videos: z.array(VideoSummary) }),
);

/** The published transcript of a video with ledgers and stages. */
export const Show = request('show', toWorker, ById, z.object({ result: IngestResultMessage }));

/** The transcript of a video as text with a map from text to segments. */
export const Document = request('document', toWorker, ById, TranscriptDocument);

/** Segments by their words, or by their meaning. */
export const Search = request(
  'search',
  toWorker,
  z.object({ text: z.string(), semantic: z.boolean(), limit: z.number().int().min(1).max(200) }),
  z.object({ hits: z.array(SearchHit) }),
);

/** Deletes a video and everything derived from it; never the person's own file. */
export const Remove = request('remove', toWorker, ById, z.object({ video: VideoSummary }));

/** Checks what Earshot needs on this machine. */
export const Doctor = request(
  'doctor',
  toWorker,
  Empty,
  z.object({ checks: z.array(DoctorCheck) }),
);

/** Models that travel with Earshot or can be downloaded, with licence and credit. */
export const Models = request('models', toWorker, Empty, z.object({ models: z.array(ModelInfo) }));

/** Downloads an optional model; tells `ingestEvent`s. */
export const GetModel = request(
  'getModel',
  toWorker,
  z.object({ operation, name: z.string() }),
  z.object({ model: ModelInfo }),
);

/** The limits that reports compare with, and where each comes from. */
export const Targets = request(
  'targets',
  toWorker,
  Empty,
  z.object({ targets: z.array(TargetInfo) }),
);

/** Report of a run, or of a video's last run. */
export const GetRunReport = request('runReport', toWorker, ById, RunReport);

/** Writes a run in an exchange format to a file. */
export const ExportRun = request(
  'exportRun',
  toWorker,
  z.object({ id: z.string(), format: RunFormat, path: z.string().min(1) }),
  z.object({ bytes: z.number().int() }),
);

/** Asks the person before something is installed. */
export const Consent = request(
  'consent',
  toExtension,
  z.object({ question: z.string() }),
  z.object({ consented: z.boolean() }),
);

/** A line for Earshot's log. */
export const Log = notification(
  'log',
  toExtension,
  z.object({ level: z.enum(['info', 'warning', 'error']), message: z.string() }),
);

/** Stops all work, closes the library and ends the worker. */
export const Shutdown = request('shutdown', toWorker, Empty, Empty);

/** Every message between the extension and its worker. */
export const MESSAGES = [
  Handshake,
  Ingest,
  Rerun,
  IngestEventMessage,
  Waiting,
  List,
  LibraryChanged,
  Show,
  Document,
  Search,
  Remove,
  Doctor,
  Models,
  GetModel,
  Targets,
  GetRunReport,
  ExportRun,
  Consent,
  Log,
  Shutdown,
  ...CHART_MESSAGES,
  ...RUN_MESSAGES,
  ...MARK_MESSAGES,
] as const;
