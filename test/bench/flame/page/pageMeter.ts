/** Times the frames of whatever page it is put into. */
import type { Gesture, GestureFrames } from '../gestures.ts';

declare global {
  interface Window {
    meterGestures: (gestures: readonly Gesture[]) => Promise<GestureFrames[]>;
  }
}

/** A wheel that has panned may not zoom at once (speedscope waits as well). */
const REST_FRAMES = 8;

const channel = new MessageChannel();

window.meterGestures = async (gestures) => {
  const results: GestureFrames[] = [];
  for (const gesture of gestures) {
    for (let rest = 0; rest < REST_FRAMES; rest += 1) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    const [work, interval]: [number[], number[]] = [[], []];
    let last = Number.NaN;
    for (let i = 0; i <= gesture.frames; i += 1) {
      const { now, took } = await turnWheel(gesture);
      // What the first turn sets off is drawn in the next frame.
      if (i > 0) {
        work.push(took);
        interval.push(now - last);
      }
      last = now;
    }
    results.push({ name: gesture.name, work, interval });
  }
  return results;
};

/** One turn at the beginning of a frame; the page draws in the same frame what it was told in the one before. */
function turnWheel({ deltaX, deltaY, zoom }: Gesture): Promise<{ now: number; took: number }> {
  const [clientX, clientY] = [innerWidth / 2, innerHeight * 0.6];
  const target = document.elementFromPoint(clientX, clientY) ?? document.body;
  return new Promise((resolve) => {
    requestAnimationFrame((now) => {
      const begin = performance.now();
      // A message is delivered after the frame has been painted.
      channel.port1.onmessage = () => resolve({ now, took: performance.now() - begin });
      channel.port2.postMessage(null);
      target.dispatchEvent(
        new WheelEvent('wheel', {
          ...{ deltaX, deltaY, clientX, clientY, ctrlKey: zoom },
          ...{ bubbles: true, cancelable: true },
        }),
      );
    });
  });
}
