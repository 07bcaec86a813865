/** An offset or count in samples of the decoded 16 kHz mono PCM. */
export type Samples = number;
