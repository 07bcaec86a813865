import type { IngestEvent, IngestRequest, RerunRequest } from '../protocol/ingest.ts';
import type {
  DoctorCheck,
  ModelInfo,
  RunFormat,
  RunReport,
  SearchHit,
  TargetInfo,
  VideoSummary,
} from '../protocol/library.ts';
import type { IngestResult } from '../protocol/ingest.ts';

/** Where Earshot keeps its data and which programs it may use; every field but `home` has a default. */
export interface EarshotOptions {
  /** Folder of the library; `defaultHome()` of `home.ts` where nothing is set. */
  readonly home: string;
  readonly ffmpegPath?: string | undefined;
  readonly ytDlpPath?: string | undefined;
  /** Consent to install a managed yt-dlp without asking. */
  readonly allowManagedYtDlp?: boolean | undefined;
  /** Keep the decoded PCM after publication. */
  readonly keepPcm?: boolean | undefined;
  /** Inference processes; physical cores by default. */
  readonly inferenceProcesses?: number | undefined;
  /** Folder to look for `earshot.config.json` in. */
  readonly workspace?: string | undefined;
  /** Limits set in the editor's settings, by target name. */
  readonly targets?: Readonly<Record<string, number>> | undefined;
  /** `moonshine-tiny` or a named option of `models list`. */
  readonly recognitionModel?: string | undefined;
}

/** How an operation reports and can be stopped. */
export interface Conversation {
  readonly onEvent: (event: IngestEvent) => void;
  readonly signal: AbortSignal;
  /** Asks the person; answers false where nobody can be asked. */
  readonly consent: (question: string) => Promise<boolean>;
}

/**
 * Everything that the command line and the worker offer. One instance owns one library; several processes may own the
 * same one at a time. All methods throw `EarshotError`.
 */
export interface Earshot {
  /**
   * Ingests one source, or each entry of a playlist. Failures of a playlist's entries are events and do not throw.
   * @throws EarshotError when the (only) video failed; CancelledError when the signal fired.
   */
  ingest(request: IngestRequest, talk: Conversation): Promise<IngestResult[]>;
  rerun(request: RerunRequest, talk: Conversation): Promise<IngestResult>;
  list(): VideoSummary[];
  /** The published transcript, ledgers and stages, in the shape of an ingest's result. @throws `library.not-found`. */
  show(id: string): IngestResult;
  search(text: string, options: { semantic: boolean; limit: number }): Promise<SearchHit[]>;
  /** Deletes a video with everything derived from it. A local source file is never touched. */
  remove(id: string): Promise<VideoSummary>;
  models(): Promise<ModelInfo[]>;
  getModel(name: string, talk: Conversation): Promise<ModelInfo>;
  doctor(): Promise<DoctorCheck[]>;
  targets(): TargetInfo[];
  /** The last run of a video, or the run with this id, as a Markdown document. */
  runReport(videoOrRunId: string): RunReport;
  /** The run in an exchange format, in pieces. */
  exportRun(videoOrRunId: string, format: RunFormat): Iterable<string | Uint8Array>;
  /** Stops inference processes and closes the library. */
  close(): Promise<void>;
}
