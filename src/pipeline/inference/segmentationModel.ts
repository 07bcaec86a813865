import { SAMPLE_RATE, type PcmFile } from '../audio/pcmFile.ts';
import {
  CLASSES,
  FRAMES_PER_WINDOW,
  HOP_SECONDS,
  WINDOW_SECONDS,
} from '../segmentation/windows.ts';
import { floats, floatTensor, type Session } from './session.ts';

/**
 * Class probabilities of consecutive 10 s windows, one byte (0..255) a class and frame.
 *
 * @returns Uint8Array of [windows, 589 frames, 7 classes]; classes: silence, 1, 2, 3, 1+2, 1+3, 2+3.
 */
export async function segmentWindows(
  session: Session,
  pcm: PcmFile,
  firstWindow: number,
  windows: number,
): Promise<Uint8Array> {
  const perWindow = FRAMES_PER_WINDOW * CLASSES;
  const bytes = new Uint8Array(windows * perWindow);
  const samples = WINDOW_SECONDS * SAMPLE_RATE;
  for (let w = 0; w < windows; w++) {
    const waveform = pcm.read((firstWindow + w) * HOP_SECONDS * SAMPLE_RATE, samples);
    const { probabilities } = await session.run(
      { waveforms: floatTensor(waveform, [1, 1, samples]) },
      ['probabilities'],
    );
    const values = floats(probabilities);
    if (values.length !== perWindow) {
      throw new RangeError(`The segmentation model gave ${values.length} values a window.`);
    }
    for (let i = 0; i < perWindow; i++) {
      bytes[w * perWindow + i] = Math.round((values[i] as number) * 255);
    }
  }
  return bytes;
}
