const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/u).filter(Boolean));

/** Words after (or right behind) which a figure tells what was wanted. */
export const TARGET_WORDS = words(`
  expected expect expects expecting expectation expectations target targets targeted goal goals should ought budget
  budgeted sla slo kpi desired wanted required requirement requirements requires aim aiming objective objectives allowed
  acceptable acceptance threshold floor quota typical typically normally usual usually ideally ideal planned nominal must want
  ziel ziele zielwert zielwerte soll sollwert erwartet erwartete erwartung erwartungen vorgabe vorgaben gefordert
  objectif objectifs attendu attendus attendue attendues objetivo objetivos esperado esperada
`);

/** Words that turn back to what was. */
export const ACTUAL_WORDS = words(`
  actual actually got was were measured achieved only but instead now observed took current currently reached received
  yet however exceeded exceeds overran
  erreicht gemessen tatsächlich tatsächliche jedoch aktuell
`);

/** Words after which a figure or device was asked for, not seen. */
export const REQUESTED_WORDS = words(`
  requested asked configured preferred prefer prefers wants wanted desired unavailable
  timeout timeouts limit limits interval ttl deadline
`);

/** Words that compare, with the direction that they ask of a target. */
export const COMPARATORS: Readonly<Record<string, 'at-most' | 'at-least'>> = {
  '<': 'at-most',
  '<=': 'at-most',
  '≤': 'at-most',
  '=<': 'at-most',
  '>': 'at-least',
  '>=': 'at-least',
  '≥': 'at-least',
  '=>': 'at-least',
  under: 'at-most',
  below: 'at-most',
  within: 'at-most',
  'less than': 'at-most',
  'at most': 'at-most',
  'no more than': 'at-most',
  'up to': 'at-most',
  max: 'at-most',
  maximum: 'at-most',
  'fewer than': 'at-most',
  over: 'at-least',
  above: 'at-least',
  'more than': 'at-least',
  'at least': 'at-least',
  min: 'at-least',
  minimum: 'at-least',
  'no less than': 'at-least',
  'not less than': 'at-least',
  'not more than': 'at-most',
  exceed: 'at-most',
  exceeding: 'at-most',
  höchstens: 'at-most',
  maximal: 'at-most',
  unter: 'at-most',
  'weniger als': 'at-most',
  mindestens: 'at-least',
  über: 'at-least',
  'mehr als': 'at-least',
  'au moins': 'at-least',
  'au plus': 'at-most',
  'al menos': 'at-least',
  'como máximo': 'at-most',
};

/** Words that say nothing of what is measured. */
export const STOP_WORDS = words(`
  a an and are as at be been being by for from had has have in into is it its of off on or so than that the their then
  there these this those to too up was were will with without took take takes taking after before about around approx
  approximately ca circa roughly nearly almost per each every all only just still yet not no out over under below
  above least most more less between within until till via vs versus while when which who what where why how
  info debug warn warning error fatal trace notice critical severe fine finer finest i w e d now done done. ok
  see via our your we you they he she
  der das dem den des ein eine einen und mit von für auf aus zu bei ist wird wurde werden nach pro je
`);

/** Words before `n/m` or in front of a percentage that tell how far the work has come. */
export const PROGRESS_WORDS = words(`
  batch step epoch page chunk part attempt retry try iteration iter round progress processing downloading uploading
  file item task job group set lot bucket document doc video clip request query sample record row run worker shard block frame test stage phase pass fold layer loop tile
`);

/** Words before a number that is a name, not an amount. */
export const NAME_WORDS = words(`
  line port pid tid id version v code status http level no nr number seed rank rev revision year column col row index
  build exit errno signal thread process node slot key ipv tls sha cpu gpu cuda python java release error
  gid uid user sequence seq offset address addr step epoch attempt chapter section part page fd handle layer
`);

/** Keys and nouns whose figure without a unit is a duration in seconds where it has a fraction. */
export const DURATION_WORDS = words(`
  elapsed duration took time latency runtime seconds secs wall walltime took_s response_time responsetime delay
`);

/** Words of a rate without a unit. */
export const RATE_WORDS = words('throughput rate speed rtf rps qps fps bandwidth rtfx');

/** Words of a share without a sign. */
export const SHARE_WORDS = words(
  'coverage percent percentage pct share ratio utilisation utilization usage',
);

/** Durations that are about something else than the work which the line tells of. */
export const OTHER_TIME_WORDS = words(`
  audio video media recording clip length timeout timeouts deadline interval ttl eta remaining left ago uptime expires
  expiry retry retrying sleep sleeping wait every limit max maximum minimum min schedule scheduled window age backoff
  period länge keepalive file film episode podcast podcasts talk track lasts content playback longer estimated estimate saved
`);

/** Words after which a name is a resource that is fetched or opened. */
export const LOAD_WORDS = words(`
  load loads loading loaded reload reloading reloaded open opens opening opened read reads reading import importing
  imported fetch fetching fetched download downloading downloaded decode decoding decoded
`);
