import { z } from 'zod';
import { EvidenceLine, SourceLine } from './chart.ts';
import { notification, request } from './messageTypes.ts';

const toWorker = 'extension → worker';
const toExtension = 'worker → extension';

/** A verdict on a stage with its numbers, as `compare` and `gate` give it. */
export const MarkVerdict = z.object({
  word: z.enum(['slower', 'faster', 'same', 'inconclusive', 'withheld']),
  /** 0 exact figures, 1 screen (never red), 2 confirmation, 3 history. */
  tier: z.number().int().min(0).max(3),
  stage: z.string(),
  metric: z.string(),
  unit: z.string(),
  /** B / A. */
  ratio: z.number().nullable(),
  interval: z.tuple([z.number().nullable(), z.number().nullable()]),
  n: z.tuple([z.number(), z.number()]),
  p: z.number().nullable(),
  smallestVisible: z.number().nullable(),
  medians: z.tuple([
    z.union([z.number(), z.string()]).nullable(),
    z.union([z.number(), z.string()]).nullable(),
  ]),
  /** Values of either side, for the small chart; empty for exact figures. */
  values: z.tuple([z.array(z.number()), z.array(z.number())]),
  reason: z.string(),
});
export type MarkVerdict = z.infer<typeof MarkVerdict>;

/** A finding in the words that an editor shows. */
export const MarkFinding = z.object({
  kind: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  title: z.string(),
  expected: z.string(),
  actual: z.string(),
  cause: z.string(),
  fix: z.string(),
  wastedSeconds: z.number().nullable(),
  share: z.number().nullable(),
  evidence: z.array(EvidenceLine),
});
export type MarkFinding = z.infer<typeof MarkFinding>;

/** What is known of a line of the sources. */
export const Mark = z.object({
  /** The same for the same thing in later runs: judgement, stage and metric, or kind and place. */
  key: z.string(),
  /** Relative to the workspace, with `/`. */
  file: z.string(),
  source: SourceLine,
  /** The line as it stood when it was marked, without the blanks around it: an anchor. Empty where it could not be read. */
  lineText: z.string(),
  verdict: MarkVerdict.nullable(),
  finding: MarkFinding.nullable(),
  /** Share of the run's time that this line's stage takes, 0 to 1: the heat. */
  share: z.number().nullable(),
  /** What made it: a gate, a comparison, or a run. */
  origin: z.enum(['gate', 'compare', 'run']),
  name: z.string(),
  series: z.string().nullable(),
  /** Stored runs of the two sides; of a finding the run alone, in `b`. */
  runs: z.object({ a: z.array(z.string()), b: z.array(z.string()) }),
  /** A span of the last run of `b` to show. */
  span: z.number().int().min(0).nullable(),
  madeAt: z.string(),
  /** Why it was silenced, or null. */
  silenced: z.string().nullable(),
});
export type Mark = z.infer<typeof Mark>;

/** The verdict of the newest judgement, for the status bar. */
export const LastVerdict = z.object({
  name: z.string(),
  origin: z.enum(['gate', 'compare', 'run']),
  word: z.enum(['slower', 'faster', 'same', 'inconclusive', 'withheld']),
  text: z.string(),
  madeAt: z.string(),
});
export type LastVerdict = z.infer<typeof LastVerdict>;

const Workspace = z.object({ workspace: z.string().min(1) });

/** All marks of a workspace: those of the newest judgement of each name, at most 5000. */
export const GetMarks = request(
  'marks',
  toWorker,
  Workspace,
  z.object({ marks: z.array(Mark), last: LastVerdict.nullable() }),
);

/** Something was judged, accepted or silenced, by whatever process: ask for the marks again. */
export const MarksChanged = notification('marksChanged', toExtension, z.object({}));

/** Accepts the runs of side B of a mark as the baseline; its judgement has no marks any more. */
export const AcceptMark = request(
  'acceptMark',
  toWorker,
  Workspace.extend({ key: z.string(), note: z.string().nullable() }),
  z.object({ accepted: z.array(z.string()) }),
);

/** Silences a mark, and later ones of its key, with a reason; a null reason lets it speak again. */
export const SilenceMark = request(
  'silenceMark',
  toWorker,
  Workspace.extend({ key: z.string(), reason: z.string().min(1).nullable() }),
  z.object({}),
);

/** What `earshot.config.json` of a workspace offers to run. */
export const GetProject = request(
  'project',
  toWorker,
  Workspace,
  z.object({
    /** Absolute path of the file, or null where there is none. */
    config: z.string().nullable(),
    /** Why it cannot be read. */
    problem: z.string().nullable(),
    commands: z.array(
      z.object({
        name: z.string(),
        /** As it would be typed. */
        text: z.string(),
        /** From 1; where the command stands in the file. */
        line: z.number().int().min(1),
        /** Program and arguments. */
        words: z.array(z.string()).min(1),
        /** Absolute. */
        cwd: z.string().nullable(),
        env: z.record(z.string(), z.string()),
      }),
    ),
  }),
);

export const MARK_MESSAGES = [GetMarks, MarksChanged, AcceptMark, SilenceMark, GetProject] as const;
