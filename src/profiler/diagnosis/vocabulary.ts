/**
 * All words that the rules know. They are weak evidence: a rule needs structure (repetition, overlap, times, ratios)
 * beside them, and none of them belongs to one program. Each expression is tried on one word in lower case.
 */
export const VOCABULARY = {
  /** Brings a resource into memory. */
  load: /^(?:re)?(?:load(?:s|ed|ing)?|read(?:s|ing)?|open(?:s|ed|ing)?|fetch(?:es|ed|ing)?|download(?:s|ed|ing)?|init(?:s|ed|ing)?|initiali[sz](?:e|es|ed|ing)|instantiat(?:e|es|ed|ing)|pars(?:e|es|ed|ing)|import(?:s|ed|ing)?|warm|map(?:s|ped|ping)|mmap|deseriali[sz](?:e|es|ed|ing)|creat(?:e|es|ed|ing)|construct(?:s|ed|ing)?|connect(?:s|ed|ing)?|acquir(?:e|es|ed|ing)|pull(?:s|ed|ing)?|lade|laden|lädt|geladen|lese|lesen|gelesen|öffne|öffnen|geöffnet|charge(?:r|ment)|chargé|lecture|cargar|cargando|cargado|leyendo|leído|caricamento|carico)$/u,
  /** The clearest of them. */
  loadForSure:
    /^(?:re)?(?:load(?:s|ed|ing)?|open(?:s|ed|ing)?|download(?:s|ed|ing)?|initiali[sz](?:e|es|ed|ing)|instantiat(?:e|es|ed|ing)|decod(?:e|es|ed|ing)|lade|laden|lädt|geladen|charge(?:r|ment)|cargando)$/u,
  /** Turns an encoded input into samples, pixels or rows. */
  decode:
    /^(?:re)?(?:decod(?:e|es|ed|er|ing)|transcod(?:e|es|ed|er|ing)|demux(?:es|ed|ing)?|resampl(?:e|es|ed|er|ing)|decompress(?:es|ed|ing|ion)?|inflat(?:e|es|ed|ing)|unzip(?:s|ped|ping)?|ffmpeg|dekodier(?:e|en|t)|entpack(?:e|en|t))$/u,
  /** Says that a load was saved, not done, or that it is over. */
  notLoaded:
    /^(?:cached?|hit|hits|reus(?:e|es|ed|ing)|skip(?:s|ped|ping)?|already|shared?|unload(?:s|ed|ing)?|releas(?:e|es|ed|ing)|clos(?:e|es|ed|ing)|fre(?:e|ed|eing)|writ(?:e|es|ing|ten)|wrote|sav(?:e|es|ed|ing)|append(?:s|ed|ing)?|export(?:s|ed|ing)?|upload(?:s|ed|ing)?)$/u,
  /** Ends of a verb that say a thing is done, so that its time lies before the line. */
  done: /^(?:loaded|read|opened|fetched|downloaded|initiali[sz]ed|parsed|decoded|finished|done|completed?|took|ready|geladen|gelesen|fertig|terminé|listo|wurde|dekodiert)$/u,
  /** A read of a part, not of the whole. */
  part: /^(?:offset|position|pos|range|page|slice|seek|cursor)$/u,
  /** A part that is read, or one that the whole is brought in for. */
  index: /^(?:chunk|part|block|row|frame|item|record|element|index|idx|number)$/u,
  /** Key of an attribute that names a resource, most telling first by RESOURCE_KEYS. */
  resource:
    /^(?:resource|file|filename|filepath|path|url|uri|model|checkpoint|weights|dataset|table|archive|source|src|input|bucket|object|asset|video|audio|image|media|config|document)$/u,
  worker:
    /^(?:workers?|threads?|pools?|tasks?|consumers?|executors?|goroutines?|actors?|shards?|rank|slots?)$/u,
  wait: /^(?:wait(?:s|ed|ing)?|lock(?:s|ed|ing)?|mutex|semaphore|acquir(?:e|ed|ing)|block(?:s|ed|ing)|queued?|contention|latch|barrier|warte|wartet|gewartet|sperre|attente|espera|esperando)$/u,
  sleep:
    /^(?:sleep(?:s|ing)?|slept|poll(?:s|ed|ing)?|backoff|idle|idling|paus(?:e|ed|ing)|throttl(?:e|ed|ing)|delay(?:s|ed|ing)?)$/u,
  network:
    /^(?:download(?:s|ed|er|ing)?|upload(?:s|ed|ing)?|http|https|fetch(?:es|ed|ing)?|network|request(?:s|ed|ing)?|socket|dns|tls|ssh|s3|gcs|remote|stream(?:s|ing)?|pull|push|client|rpc|grpc)$/u,
  /** A thing that is asked of something outside of the process. */
  call: /^(?:select|insert|update|delete|query|queries|lookup|get|post|put|patch|head|request|rpc|grpc|http|sql|exec|execute|find|findone|hget|mget|fetch|call|db|redis|cache)$/u,
  attempt:
    /^(?:attempts?|retr(?:y|ies|ied|ying)|tries|try|resend|resent|versuch(?:e|en)?|tentative|intento|reintento|reintentando)$/u,
  failure:
    /^(?:fail(?:s|ed|ure|ures|ing)?|errors?|exception|timeouts?|timed|refused|unavailable|reset|fehler|fehlgeschlagen|échec|erreur|error(?:es)?|fallo|falló)$/u,
  warmUp:
    /^(?:warm|warmup|warming|prime|priming|preheat|compil(?:e|es|ed|ing|ation)|jit|init|initiali[sz](?:e|ing|ation)|setup|load(?:ing)?|dry|cold)$/u,
  batch: /^(?:batch(?:es|ed|ing)?|minibatch|microbatch|bulk|chunk(?:s|ed|ing)?|stapel|lot|lote)$/u,
  /** What share of the input came out. */
  coverage:
    /^(?:coverage|covered|abdeckung|abgedeckt|couverture|cobertura|complet(?:e|ed|eness|ion)|success(?:es|ful|fully)?|succeeded|match(?:ed|es)?|processed|embedded|indexed|converted|exported|delivered|written|kept|resolved|recogni[sz]ed|transcribed|verarbeitet|erfolgreich|traité(?:s|es)?|procesad(?:o|a|os|as))$/u,
  dropped:
    /^(?:drop(?:s|ped|ping)?|skip(?:s|ped|ping)?|los[st]|missing|missed|discard(?:s|ed)?|reject(?:s|ed)?|filter(?:ed)?|fail(?:ed|ures?)?|timeouts?|ignored?|exclud(?:e|ed)|invalid|duplicates?|too|unmatched|unresolved|errors?|verworfen|übersprungen|verloren|fehlgeschlagen|aussortiert|perdus?|ignorés?|rejetés?|perdid(?:o|a|os|as)|descartad(?:o|a|os|as))$/u,
  /** Of the run as a whole. */
  whole:
    /^(?:total|overall|whole|entire|end|wall|elapsed|pipeline|run|job|ingest|ingestion|complete|full|all|gesamt|gesamtdauer|gesamtzeit|gesamtlaufzeit|laufzeit|insgesamt|altogether|totale?|durée|duración)$/u,
  /** Of the input. */
  input:
    /^(?:audio|video|media|input|recording|footage|clip|film|podcast|episode|talk|speech|stream|track|movie|source|material|aufnahme|eingabe|tonspur|entrée|entrada)$/u,
  length:
    /^(?:length|duration|long|lasts?|minutes?|hours?|seconds?|runtime|länge|dauer|durée|longueur|duración)$/u,
  /** Words that carry no meaning of their own in a label. */
  filler:
    /^(?:the|a|an|of|for|in|to|at|is|was|were|be|per|with|and|or|by|on|from|target|targets|expected|expect|expectation|goal|goals|actual|actually|should|must|budget|sla|slo|limit|want|wanted|aim|required|requirement|minimum|maximum|min|max|best|better|ideally|than|less|more|least|most|under|over|above|below|ziel|soll|ist|erwartet|erwartung|vorgabe|höchstens|mindestens|objectif|attendu|objetivo|esperado|info|warn|warning|error|debug|stats?|summary|result|results|report|done|finished|took|time|s|sec|secs|seconds?|ms|m|h|min|mins|minutes?|hours?|x|only|about|approx|roughly|around|but|got|not|up)$/u,
  accelerator:
    /^(?:cuda|gpu|mps|rocm|hip|xpu|npu|tpu|metal|vulkan|opencl|directml|dml|coreml|tensorrt|nvidia|ane)/u,
  cpu: /^(?:cpu|host|x86|native)/u,
  fallback:
    /^(?:fall(?:s|ing|back)?|fallback|fell|instead|unavailable|missing|degrad(?:e|ed|ing)|ausweich(?:en)?|stattdessen|repli)$/u,
} as const;

/** The words of a label that carry meaning. */
export function meaningful(words: readonly string[]): string[] {
  return words.filter((word) => word.length > 1 && !VOCABULARY.filler.test(word));
}
