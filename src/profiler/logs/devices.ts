import type { MeasurementRole } from '../model/logSummary.ts';
import { type Figure, figure } from './figure.ts';
import { splitName } from './keyWords.ts';
import type { Token } from './tokens.ts';

/** A device that a line names, and whether it was used or asked for. */
export interface DeviceMention {
  readonly figure: Figure;
  readonly role: MeasurementRole;
}

const DEVICE =
  /^(?:cpu|cuda|gpu|mps|xpu|tpu|npu|hip|rocm|directml|dml|vulkan|metal|coreml|tensorrt|openvino)(?::\d{1,3})?$/iu;
/** Names of nothing else, which stand alone behind a colon: `Voice model: cuda`. */
const ACCELERATOR = /^(?:cuda|mps|xpu|rocm|directml|coreml|tensorrt)$/iu;
const PROVIDER = /^(cpu|cuda|tensorrt|rocm|dml|coreml|openvino|migraphx)ExecutionProvider$/iu;
const DEVICE_KEY =
  /^(?:.*\b)?(?:device|devices|accelerator|backend|hardware|provider|providers)(?: map| name| type| used)?$/u;
/** What follows the name where it is about the thing itself and not about where work is done. */
const ABOUT =
  /^(?:usage|use|time|times|util|utilisation|utilization|load|count|cores?|memory|mem|version|toolkit|driver|out|error|percent|seconds|temperature|threads?|bound|info|model|profile|profiler|sampling|hours|minutes|runtime|kernel|graph|graphs|capability|cache|architecture|limit|quota|requests?|limits?|ms|s|%)$/iu;
const PLACE =
  /^(?:on|using|use|uses|used|to|via|with|onto|in|backend|device|select|selected|selecting|chose|choosing|running|run|runs|fallback|requested|wanted|prefer|preferred|asked|configured|for|from|actual|is|not|no|instead|→|=|:|\(|\[)$/iu;
const ASKED =
  /^(?:requested|request|requesting|asked|wanted|want|prefer|preferred|prefers|configured|expected|expects|target|desired|from|tried|trying|attempted|wants|needs|requires|required)$/iu;
const USED =
  /^(?:using|used|use|actual|running|runs|ran|fallback|falling|fell|back|to|instead|on|got|is|selected|chose|now|onto|via|→)$/iu;
const MISSING = /^(?:unavailable|missing|failed|disabled|unsupported)$/iu;

/** Finds the devices that a line says work runs on, was asked to run on, or could not run on. */
export function findDevices(tokens: readonly Token[]): DeviceMention[] {
  const found: DeviceMention[] = [];
  tokens.forEach((token, at) => {
    const name = deviceName(token, tokens[at + 1]);
    if (name === null || !isPlace(tokens, at, at + name.tokens)) return;
    const role = roleOf(tokens, at, at + name.tokens);
    const { device } = name;
    found.push({ role, figure: figure('device', null, at, at + name.tokens, { text: device }) });
  });
  return found;
}

function deviceName(
  token: Token,
  next: Token | undefined,
): { device: string; tokens: number } | null {
  if (token.type !== 'word' && token.type !== 'quoted') return null;
  const provider = PROVIDER.exec(token.text)?.[1];
  if (provider !== undefined) return { device: provider.toLowerCase(), tokens: 1 };
  if (!DEVICE.test(token.text)) return null;
  const device = token.text.toLowerCase();
  const numbered = device === 'gpu' && next?.type === 'number' && /^\d{1,2}$/u.test(next.text);
  return numbered ? { device: `gpu:${next.text}`, tokens: 2 } : { device, tokens: 1 };
}

/** Name of the key in front of a token (`device=`, `compute device:`), or null. */
function keyOf(tokens: readonly Token[], at: number): string | null {
  const mark = tokens[at - 1]?.text;
  if (mark !== '=' && mark !== ':') return null;
  const before = tokens[at - 3];
  const name = tokens[at - 2];
  if (name?.type !== 'word' && name?.type !== 'quoted') return null;
  const wide = mark === ':' && before?.type === 'word' ? `${before.text} ${name.text}` : name.text;
  return splitName(wide).join(' ');
}

function isPlace(tokens: readonly Token[], at: number, to: number): boolean {
  const next = tokens[to];
  const numbered = to - at > 1 || (tokens[at]?.text ?? '').includes(':');
  const key = keyOf(tokens, at);
  if (key !== null)
    return (
      DEVICE_KEY.test(key) ||
      numbered ||
      (next === undefined && ACCELERATOR.test(tokens[at]?.text ?? '')) ||
      key.split(' ').some((word) => ASKED.test(word) || USED.test(word))
    );
  if (tokens[at - 1]?.text === '=') return false;
  if (next?.type === 'word' && ABOUT.test(next.text)) return false;
  if (next?.type === 'word' && /^(?:used|selected|active|requested|expected)$/iu.test(next.text)) {
    return true;
  }
  if (next?.text === '=' || (next?.text === ':' && !numbered)) return false;
  if (next?.type === 'number' && !numbered) return false;
  if (numbered || MISSING.test(tokens[to]?.text ?? '')) return true;
  const before = tokens[at - 1];
  if (before === undefined) return isMissing(tokens, to);
  if (/^(?:of|than)$/iu.test(before.text))
    return /^(?:instead|rather)$/iu.test(tokens[at - 2]?.text ?? '');
  return PLACE.test(before.text) || ASKED.test(before.text) || isMissing(tokens, to);
}

/** `cuda is not available`, `gpu unavailable`, `no gpu found`. */
function isMissing(tokens: readonly Token[], to: number): boolean {
  const behind = tokens
    .slice(to, to + 4)
    .map(({ text }) => text.toLowerCase())
    .join(' ');
  return /^(?:is |was |are )?(?:not (?:available|found|supported|detected|usable)|unavailable|missing|disabled|unsupported)\b/u.test(
    behind,
  );
}

function roleOf(tokens: readonly Token[], at: number, to: number): MeasurementRole {
  const key = keyOf(tokens, at);
  if (key !== null) {
    const words = key.split(' ');
    if (words.some((word) => ASKED.test(word))) return 'requested';
    if (words.some((word) => /^(?:actual|used|effective|resolved|selected)$/u.test(word)))
      return 'actual';
  }
  if (isMissing(tokens, to)) return 'requested';
  const behind = tokens[to];
  if (
    behind?.type === 'word' &&
    /^(?:requested|expected|wanted|preferred|configured)$/iu.test(behind.text)
  ) {
    return 'requested';
  }
  for (let i = at - 1; i >= Math.max(0, at - 5); i -= 1) {
    const { text = '', type } = tokens[i] ?? {};
    if (/^(?:of|than)$/iu.test(text) && /^(?:instead|rather)$/iu.test(tokens[i - 1]?.text ?? ''))
      return 'requested';
    if (/^no$/iu.test(text) && i === at - 1) return 'requested';
    if (/^from$/iu.test(text))
      return i === at - 1 && follows(tokens, to, /^(?:to|→)$/iu) ? 'requested' : 'actual';
    if (USED.test(text)) return 'actual';
    if (ASKED.test(text)) return 'requested';
    if (type === 'mark' && /^[,;|()]$/u.test(text)) break;
  }
  return 'actual';
}

function follows(tokens: readonly Token[], to: number, what: RegExp): boolean {
  return tokens.slice(to, to + 2).some(({ text }) => what.test(text));
}
