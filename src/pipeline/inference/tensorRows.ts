import { floats, floatTensor, longTensor, type Tensor, type Tensors } from './session.ts';

/** Added to the scores of frames that are padding. */
const MASKED = -1e9;

/** The given rows of a float32 or int64 tensor whose first axis is the batch. */
export function rowsOf(tensor: Tensor, rows: readonly number[]): Tensor {
  const [batch = 1, ...rest] = tensor.dims;
  const { data } = tensor;
  const dims = [rows.length, ...rest];
  if (data instanceof BigInt64Array) {
    const size = data.length / batch;
    const picked = new BigInt64Array(size * rows.length);
    rows.forEach((row, i) => picked.set(data.subarray(row * size, (row + 1) * size), i * size));
    return longTensor(picked, dims);
  }
  const values = floats(tensor);
  const size = values.length / batch;
  const picked = new Float32Array(size * rows.length);
  rows.forEach((row, i) => picked.set(values.subarray(row * size, (row + 1) * size), i * size));
  return floatTensor(picked, dims);
}

/** The encodings of single clips as one batch, padded to the longest. */
export function stackEncodings(encodings: readonly Tensors[]): Record<string, Tensor> {
  const frames = encodings.map((encoding) => encoding['bias']?.dims[3] ?? 0);
  const longest = Math.max(...frames);
  const stacked: Record<string, Tensor> = {};
  for (const [name, tensor] of Object.entries(encodings[0] ?? {})) {
    const isBias = name === 'bias';
    const inner = isBias || name.startsWith('cross_k_') ? 1 : (tensor.dims[3] ?? 1);
    const parts = tensor.size / ((frames[0] ?? 1) * inner);
    const size = parts * longest * inner;
    const joined = new Float32Array(encodings.length * size).fill(isBias ? MASKED : 0);
    encodings.forEach((encoding, row) => {
      const values = floats(encoding[name]);
      const width = (frames[row] ?? 0) * inner;
      for (let part = 0; part < parts; part++) {
        const from = values.subarray(part * width, (part + 1) * width);
        joined.set(from, row * size + part * longest * inner);
      }
    });
    const dims = tensor.dims.map((dim, axis) =>
      axis === 0 ? encodings.length : dim === frames[0] && isFrameAxis(name, axis) ? longest : dim,
    );
    stacked[name] = floatTensor(joined, dims);
  }
  return stacked;
}

/** Which axis of an encoding counts frames: the last of `bias` and `cross_k`, the third of `cross_v`. */
function isFrameAxis(name: string, axis: number): boolean {
  return axis === (name.startsWith('cross_v_') ? 2 : 3);
}
