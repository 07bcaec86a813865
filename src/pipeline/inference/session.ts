import { InferenceSession, Tensor } from 'onnxruntime-node';

export { Tensor };
export type Tensors = Readonly<Record<string, Tensor>>;

/** One loaded ONNX model. `run` blocks its thread: sessions live in inference processes only. */
export interface Session {
  run(inputs: Tensors, outputs?: readonly string[]): Promise<Tensors>;
  release(): Promise<void>;
}

/**
 * Loads a model for one thread: parallelism comes from one process per core, which scales better than threads within
 * the small matrices of these models. Spinning is off, since a spinning thread takes the core from another process.
 */
export async function loadSession(path: string): Promise<Session> {
  const session = await InferenceSession.create(path, {
    executionProviders: ['cpu'],
    graphOptimizationLevel: 'all',
    executionMode: 'sequential',
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
    extra: { session: { intra_op: { allow_spinning: '0' }, inter_op: { allow_spinning: '0' } } },
  });
  return {
    run: (inputs, outputs) => (outputs ? session.run(inputs, [...outputs]) : session.run(inputs)),
    release: () => session.release(),
  };
}

/** A float32 tensor over `data`, without a copy. */
export function floatTensor(data: Float32Array, dims: readonly number[]): Tensor {
  return new Tensor('float32', data, dims);
}

/** An int64 tensor over `data`, without a copy. */
export function longTensor(data: BigInt64Array, dims: readonly number[]): Tensor {
  return new Tensor('int64', data, dims);
}

/** The float32 values of a tensor; fails where it holds something else. */
export function floats(tensor: Tensor | undefined): Float32Array {
  if (tensor?.data instanceof Float32Array) return tensor.data;
  throw new TypeError(`Expected a float32 tensor, got ${tensor?.type ?? 'nothing'}.`);
}
