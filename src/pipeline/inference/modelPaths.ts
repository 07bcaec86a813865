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
  /** Takes attention masks, so that clips of unequal length may share a batch. */
  readonly masks: boolean;
  readonly layers: number;
  readonly heads: number;
  readonly headSize: number;
}
