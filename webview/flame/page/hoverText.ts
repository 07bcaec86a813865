import type { ChartHeader } from '../../../src/protocol/chart.ts';
import { formatNumber, formatShare } from '../../../src/profiler/report/formatNumber.ts';
import { countOf, formatAmount, formatExtent } from '../../shared/amounts.ts';
import type { Hit, Scene, SpanPlace } from '../model/scene.ts';
import { flagWords } from './flagWords.ts';

const NAMELESS = '(no name)';

/** What is told of what lies under the pointer, the first line first; nothing where there is nothing to tell. */
export function hoverText(hit: Hit, scene: Scene, header: ChartHeader): string[] {
  const amount = (value: number): string => formatExtent(value, scene.weightsUnit);
  const nameOf = (id: number): string => scene.names.nameOf(id) || NAMELESS;
  switch (hit.kind) {
    case 'span': {
      const { place } = hit;
      const share =
        scene.extentNs > 0 ? ` · ${formatShare(place.durationNs / scene.extentNs)}` : '';
      return [
        nameOf(place.nameId),
        `${amount(place.durationNs)}${share}`,
        ...allowedOf(place, header),
        ...flagLine(place.flags),
      ];
    }
    case 'aggregate':
      return [
        `${formatNumber(hit.count)} spans`,
        `in ${amount(hit.toNs - hit.fromNs)}; the longest: ${nameOf(hit.longest.nameId)}, ${amount(hit.longest.durationNs)}`,
        ...flagLine(hit.flags),
      ];
    case 'counter': {
      const counter = scene.counters[hit.counter]?.counter;
      if (counter === undefined) return [];
      return [counter.name, formatAmount(hit.value, counter.unit), `at ${amount(hit.timeNs)}`];
    }
    case 'instant': {
      const many = hit.count > 1 ? `, the worst of ${formatNumber(hit.count)}` : '';
      return [`Event at ${amount(hit.timeNs)}${many}`];
    }
    case 'stage':
      return stageText(header, hit.stage);
    case 'band':
      return hit.busy === 0
        ? []
        : [nameOf(hit.nameId), `${formatShare(hit.busy)} busy`, ...flagLine(hit.flags)];
    case 'header': {
      const track = scene.tracks.find(({ id }) => id === hit.trackId);
      if (track === undefined) return [];
      const doing = { twisty: 'Collapse or expand', pin: 'Pin to the top', name: track.name };
      return [doing[hit.part], countOf(track.spans, 'span'), ...flagLine(track.flags)];
    }
    case 'ruler':
    case 'minimap':
    case 'empty':
      return [];
  }
}

function stageText({ stages }: ChartHeader, index: number): string[] {
  const stage = stages[index];
  if (stage === undefined) return [];
  const { seconds, allowedSeconds, met } = stage;
  const took = `took ${formatAmount(seconds, 's')}`;
  if (allowedSeconds === null) return [stage.stage, took];
  const word = met === null ? '' : met ? ': met' : ': missed';
  return [stage.stage, `${took} of ${formatAmount(allowedSeconds, 's')} allowed${word}`];
}

/** The time that a span was allowed where it is a stage that has a limit. */
function allowedOf({ trackId, row, startNs }: SpanPlace, { stages }: ChartHeader): string[] {
  const stage = stages.find(
    (each) => each.trackId === trackId && each.row === row && each.startNs === startNs,
  );
  if (stage === undefined || stage.allowedSeconds === null) return [];
  const { stage: name, seconds, allowedSeconds } = stage;
  return [`${name}: ${formatAmount(seconds, 's')} of ${formatAmount(allowedSeconds, 's')} allowed`];
}

function flagLine(flags: number): string[] {
  const words = flagWords(flags);
  return words.length === 0 ? [] : [words.join(', ')];
}
