// What strangers put into names: everything here must stay text, wherever it is shown.

/** Where a picture or a link of a hostile text would lead; no page may ask there. */
export const EVIL_HOST = 'evil.invalid';

const MARKUP = `<img src=x onerror="globalThis.owned=1"><script>globalThis.owned=1</script><b>`;
const MARKDOWN = `[link](command:earshot.showLog) ![i](https://${EVIL_HOST}/i.png) \`a\` **b** $(error) |`;
const ODD = 'x\u202egnp.exe\u0000\u001b[31mred\u001b[0m\n# heading';

/** A short one that begins with a word, so that a person (and a test) finds it in lists. */
export const hostile = (word) => `${word} ${MARKUP} ${MARKDOWN} ${ODD}`;

/** 10 kB without a place to break a line. */
export const LONG = `long${'W'.repeat(10_000)}`;

/** A name for a file, as far as file systems of Linux allow; below their 255 bytes. */
export const hostileFileName = (word, extension) =>
  `${word} <img src=x onerror=owned=1> [link](command:earshot.showLog) \`a\` $(error) \u202egnp\n#.${extension}`;

/** A trace of nine spans on two threads, everything in it hostile; `scale` makes it longer. */
export function hostileTrace(scale) {
  const thread = (tid, name) => ({ ph: 'M', pid: 1, tid, name: 'thread_name', args: { name } });
  const names = [hostile('first'), LONG, MARKUP, MARKDOWN, ODD, '', '`|]](javascript:owned=1)'];
  const args = { [hostile('key')]: hostile('value'), 'code.file.path': '../../../../etc/passwd' };
  const events = names.map((name, i) => ({
    ...{ ph: 'X', pid: 1, tid: 1, name, cat: hostile('cat'), ts: i * 1000 * scale },
    ...{ dur: 900 * scale, args },
  }));
  return JSON.stringify({
    traceEvents: [
      thread(1, hostile('thread')),
      thread(2, LONG),
      ...events,
      { ph: 'X', pid: 1, tid: 2, name: hostile('child'), ts: 0, dur: 3000 * scale, args },
      { ph: 'X', pid: 1, tid: 2, name: hostile('child'), ts: 4000 * scale, dur: 3000, args },
      { ph: 'i', pid: 1, tid: 1, name: hostile('instant'), ts: 100, s: 't' },
      { ph: 'C', pid: 1, tid: 1, name: hostile('counter'), ts: 0, args: { [hostile('n')]: 5 } },
      { ph: 'C', pid: 1, tid: 1, name: hostile('counter'), ts: 900, args: { [hostile('n')]: 9 } },
      { ph: 'X', name: hostile('no time'), pid: 1, tid: 1, ts: 'soon', dur: 1 },
    ],
  });
}

/** A log of a stage that goes wrong in hostile words. */
export function hostileLog() {
  const line = (second, text) => `2026-01-01 10:00:${String(second).padStart(2, '0')} INFO ${text}`;
  const word = hostile('model').replaceAll('\n', ' ');
  const loads = Array.from({ length: 20 }, (_, i) => line(2 * i, `Loading ${word} took 1.5 s`));
  return [line(0, 'start'), ...loads, line(50, `ERROR ${word}`), line(51, LONG)].join('\n');
}

/** `earshot.config.json` with a command of a hostile name. */
export const hostileConfig = () =>
  JSON.stringify({
    commands: { [hostile('gate').replace(/[\n\u0000-\u001f]/g, ' ')]: ['true'] },
  });
