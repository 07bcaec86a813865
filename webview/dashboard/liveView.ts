import { formatSeconds } from '../../src/profiler/report/formatNumber.ts';
import type { IngestEvent } from '../../src/protocol/ingest.ts';
import { STAGE_TITLES, type StageState } from '../../src/protocol/stage.ts';
import { element } from './element.ts';
import { type LiveIngest, type LiveStage, afterEvent } from './liveIngest.ts';
import { plainText } from './plainText.ts';
import { signOf } from './sign.ts';

const STATES: Readonly<Record<StageState, { sign: string; word: string }>> = {
  waiting: { sign: '○', word: 'waiting' },
  running: { sign: '▶', word: 'running' },
  done: { sign: '✓', word: 'done' },
  cached: { sign: '✓', word: 'taken over' },
  failed: { sign: '✕', word: 'failed' },
  skipped: { sign: '–', word: 'skipped' },
};

/** The ingest that goes on, above the history. Only its beginning, its stages and its end are announced. */
export class LiveView {
  readonly root = element('section', {
    class: 'live card',
    attributes: { 'aria-label': 'Ingest in progress' },
  });
  readonly #announced = element('p', { class: 'visually-hidden', attributes: { role: 'status' } });
  readonly #body = element('div');
  #live: LiveIngest | null = null;

  constructor() {
    this.root.hidden = true;
    this.root.append(this.#announced, this.#body);
  }

  hear(event: IngestEvent): void {
    this.#live = afterEvent(this.#live, event);
    const live = this.#live;
    this.root.hidden = live === null;
    if (live === null) return;
    if (event.type === 'stage') {
      this.#announced.textContent = `${STAGE_TITLES[event.stage]}: ${STATES[event.state].word}`;
    } else if (event.type === 'started') {
      this.#announced.textContent = `Ingest of ${plainText(live.title)} began.`;
    } else if (live.end !== null) this.#announced.textContent = live.end.text;
    this.#draw(live);
  }

  #draw({ title, stages, fraction, etaSeconds, notice, end }: LiveIngest): void {
    const progress = element('progress', {
      attributes: { max: '1', 'aria-label': 'Whole ingest' },
    });
    if (fraction !== null) progress.value = fraction;
    const left = etaSeconds === null ? '' : ` · ${formatSeconds(etaSeconds)} left`;
    const percent = fraction === null ? '' : `${Math.floor(fraction * 100)} %`;
    this.#body.replaceChildren(
      element(
        'h2',
        {},
        element('span', { text: end === null ? 'Ingesting ' : 'Ingest of ' }),
        element('bdi', { text: plainText(title === '' ? 'a recording' : title, 100) }),
      ),
      ...(end === null
        ? [
            element(
              'div',
              { class: 'live-progress' },
              progress,
              element('span', { text: `${percent}${left}` }),
            ),
            element('ul', { class: 'live-stages' }, ...stages.map(stageLine)),
          ]
        : [element('p', {}, endSign(end.how), ` ${plainText(end.text, 600)}`)]),
      ...(notice === null ? [] : [element('p', { class: 'muted', text: plainText(notice, 400) })]),
    );
  }
}

function endSign(how: 'done' | 'failed' | 'cancelled'): HTMLElement {
  return how === 'done' ? signOf('✓', 'good') : signOf('✕', 'bad');
}

function stageLine({ stage, state, fraction, speed, etaSeconds }: LiveStage): HTMLElement {
  const { sign, word } = STATES[state];
  const parts = [
    word,
    state === 'running' && fraction !== null ? `${Math.floor(fraction * 100)} %` : '',
    speed === null ? '' : plainText(speed, 40),
    etaSeconds === null ? '' : `${formatSeconds(etaSeconds)} left`,
  ];
  const told = parts.filter((part) => part !== '').join(' · ');
  return element(
    'li',
    { class: `live-${state}` },
    element('span', { text: `${sign} `, attributes: { 'aria-hidden': 'true' } }),
    element('span', { text: STAGE_TITLES[stage] }),
    element('span', { class: 'muted', text: ` ${told}` }),
  );
}
