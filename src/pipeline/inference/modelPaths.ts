/** Verified paths of the model files that an inference process loads, each on first use. */
export interface InferenceModels {
  readonly segmentation: string;
  readonly trunk: string;
  readonly pool: string;
  readonly text: string;
  readonly tokenizer: string;
  readonly tokenizerConfig: string;
  readonly recognition: RecognitionModelPaths;
}

export interface RecognitionModelPaths {
  readonly encoder: string;
  readonly decoder: string;
  readonly tokens: string;
  /** `split`: two graphs that take batches; `merged`: as Moonshine publishes its models, one clip at a time. */
  readonly contract: 'split' | 'merged';
  readonly layers: number;
  readonly heads: number;
  readonly headSize: number;
}
