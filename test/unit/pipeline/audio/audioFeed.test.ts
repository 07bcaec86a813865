import { describe, expect, it } from 'vitest';
import { AudioFeed } from '../../../../src/pipeline/audio/audioFeed.ts';

/** Says what has been reached, once all that is ready to run has run. */
async function settled(promise: Promise<void>): Promise<string> {
  let state = 'waiting';
  promise.then(
    () => (state = 'there'),
    () => (state = 'failed'),
  );
  await new Promise((resolve) => setImmediate(resolve));
  return state;
}

describe('AudioFeed', () => {
  it('wakes each reader when there is enough for it, and all at the end', async () => {
    const feed = new AudioFeed('a.pcm');
    const [ten, hundred] = [feed.waitFor(10), feed.waitFor(100)];
    feed.advance(9);
    expect(await settled(ten)).toBe('waiting');
    feed.advance(10);
    expect([await settled(ten), await settled(hundred)]).toEqual(['there', 'waiting']);
    expect(feed.complete).toBe(false);
    feed.end(50);
    expect(await settled(hundred)).toBe('there');
    expect([feed.complete, feed.samples]).toEqual([true, 50]);
    expect(await settled(feed.waitFor(1000))).toBe('there');
  });

  it('passes the decoder’s failure on, to those who wait and those who come', async () => {
    const feed = new AudioFeed('a.pcm');
    const waiting = feed.waitFor(10);
    const failure = new Error('broken');
    feed.fail(failure);
    await expect(waiting).rejects.toBe(failure);
    await expect(feed.waitFor(0)).rejects.toBe(failure);
  });

  it('is complete from the start for audio that was there before', async () => {
    const feed = AudioFeed.of('a.pcm', 7);
    expect([feed.complete, feed.samples]).toEqual([true, 7]);
    expect(await settled(feed.waitFor(8))).toBe('there');
  });
});
