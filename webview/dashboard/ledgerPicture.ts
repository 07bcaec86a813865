import type { z } from 'zod';
import {
  formatBytes,
  formatNumber,
  formatSeconds,
} from '../../src/profiler/report/formatNumber.ts';
import type { GetLedgerBucket, LedgerView } from '../../src/protocol/runMessages.ts';
import { element } from './element.ts';
import { plainText } from './plainText.ts';
import { failureText } from './sign.ts';

export type BucketContent = z.output<typeof GetLedgerBucket.result>;
type Item = BucketContent['items'][number];

const KINDS: Readonly<
  Record<LedgerView['buckets'][number]['kind'], { sign: string; word: string }>
> = {
  kept: { sign: '✓', word: 'kept' },
  lost: { sign: '✕', word: 'lost' },
  neutral: { sign: '·', word: 'neither kept nor lost' },
  unexplained: { sign: '?', word: 'unexplained' },
};

/** What the picture asks for when it is used. */
export interface LedgerActions {
  readonly openBucket: (ledger: string, bucket: number) => Promise<BucketContent>;
  readonly openItem: (item: Item) => void;
  readonly opened: (bucket: number | null) => void;
}

/** A ledger as a bar whose parts are buttons; a part lists what lies in it. */
export class LedgerPicture {
  readonly root: HTMLElement;
  readonly #ledger: LedgerView;
  readonly #actions: LedgerActions;
  readonly #content = element('div', { class: 'bucket-content' });
  readonly #buttons: HTMLElement[] = [];
  #open: number | null = null;

  constructor(ledger: LedgerView, actions: LedgerActions) {
    this.#ledger = ledger;
    this.#actions = actions;
    const total = `${amountText(ledger.total, ledger.unit)} in all`;
    const bar = element('div', {
      class: 'ledger-bar',
      attributes: { role: 'group', 'aria-label': `${plainText(ledger.title)}: ${total}` },
    });
    const list = element('ul', { class: 'bucket-list' });
    ledger.buckets.forEach((bucket, place) => {
      const part = this.#part(bucket, place);
      if (bucket.percent > 0) bar.append(part);
      list.append(this.#line(bucket, place));
    });
    this.root = element(
      'div',
      { class: 'ledger', attributes: { role: 'group', 'aria-label': plainText(ledger.title) } },
      element('h4', { attributes: { dir: 'auto' }, text: `${plainText(ledger.title)} · ${total}` }),
      bar,
      list,
      this.#content,
    );
  }

  /** Opens a bucket, or closes it where it is open. */
  async toggle(place: number): Promise<void> {
    this.#open = this.#open === place ? null : place;
    for (const each of this.#buttons) {
      each.setAttribute('aria-expanded', String(Number(each.dataset['bucket']) === this.#open));
    }
    this.#actions.opened(this.#open);
    if (this.#open === null) {
      this.#content.replaceChildren();
      return;
    }
    this.#content.replaceChildren(element('p', { class: 'muted', text: 'Looking it up…' }));
    try {
      const content = await this.#actions.openBucket(this.#ledger.name, place);
      if (this.#open === place) this.#show(content, place);
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      if (this.#open === place) {
        this.#content.replaceChildren(failureText(text));
      }
    }
  }

  #part(bucket: LedgerView['buckets'][number], place: number): HTMLElement {
    const { kind, percent } = bucket;
    const said = bucketText(bucket, this.#ledger.unit);
    const shown = percent >= 12 ? `${KINDS[kind].sign} ${percent.toFixed(0)} %` : KINDS[kind].sign;
    const part = element(
      'button',
      {
        class: `bucket kind-${kind}`,
        attributes: { type: 'button', 'aria-expanded': 'false', title: said },
        onClick: () => void this.toggle(place),
      },
      shown,
      element('span', { class: 'visually-hidden', text: ` ${said}` }),
    );
    part.style.flexGrow = String(percent);
    part.dataset['bucket'] = String(place);
    this.#buttons.push(part);
    return part;
  }

  /** Thin parts of the bar are hard to hit: each bucket has a line as well. */
  #line(bucket: LedgerView['buckets'][number], place: number): HTMLElement {
    const { kind, name, reason, percent, amount } = bucket;
    const line = element(
      'button',
      {
        class: 'link',
        attributes: { type: 'button', 'aria-expanded': 'false' },
        onClick: () => void this.toggle(place),
      },
      element('span', {
        class: `sample kind-${kind}`,
        attributes: { 'aria-hidden': 'true' },
        text: KINDS[kind].sign,
      }),
      element('bdi', {
        text: ` ${plainText(name)}${reason === null ? '' : `: ${plainText(reason)}`}`,
      }),
    );
    line.dataset['bucket'] = String(place);
    this.#buttons.push(line);
    const told = ` ${percent.toFixed(2)} % · ${amountText(amount, this.#ledger.unit)} · ${KINDS[kind].word}`;
    return element('li', {}, line, element('span', { class: 'muted', text: told }));
  }

  #show({ items, all, note }: BucketContent, place: number): void {
    const bucket = this.#ledger.buckets[place];
    const heading =
      bucket === undefined
        ? ''
        : `${plainText(bucket.name)}: ${all === 0 ? 'nothing to list' : `${formatNumber(all)} listed`}`;
    const rows = items.map((item) => {
      const leads = item.segment !== null || item.span !== null;
      const text = plainText(item.text, 400);
      return element(
        'li',
        {},
        leads
          ? element('button', {
              class: 'link',
              text,
              attributes: {
                type: 'button',
                dir: 'auto',
                title: item.span === null ? 'Open the transcript here' : 'Show in the chart',
              },
              onClick: () => this.#actions.openItem(item),
            })
          : element('span', { text, attributes: { dir: 'auto' } }),
      );
    });
    const more = all > items.length ? `and ${formatNumber(all - items.length)} more` : '';
    this.#content.replaceChildren(
      element('h5', { text: heading, attributes: { dir: 'auto' } }),
      ...(note === null ? [] : [element('p', { class: 'muted', text: note })]),
      element(
        'ul',
        { class: 'items', attributes: { tabindex: '0', 'aria-label': heading } },
        ...rows,
      ),
      ...(more === '' ? [] : [element('p', { class: 'muted', text: more })]),
    );
  }
}

/** An amount of a ledger for people. */
export function amountText(amount: number, unit: string): string {
  if (unit === 'seconds') return formatSeconds(amount);
  if (unit === 'bytes') return formatBytes(amount);
  return `${formatNumber(amount)} ${plainText(unit, 30)}`;
}

function bucketText(
  { name, reason, percent, amount, kind }: LedgerView['buckets'][number],
  unit: string,
): string {
  const why = reason === null ? '' : `, ${plainText(reason)}`;
  return `${plainText(name)}${why}: ${percent.toFixed(2)} %, ${amountText(amount, unit)}, ${KINDS[kind].word}`;
}
