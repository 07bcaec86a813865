/** Nanoseconds relative to a run's epoch; a double, exact up to 104 days. */
export type Nanoseconds = number;
/** Milliseconds of wall or CPU time. */
export type Milliseconds = number;
/** Seconds of media time or of wall time, as the name of the value says. */
export type Seconds = number;
/** An offset or count in samples of the decoded 16 kHz mono PCM. */
export type Samples = number;
/** A share between 0 and 1. */
export type Fraction = number;
