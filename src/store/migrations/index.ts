import { LIBRARY } from './001-library.ts';
import { PROFILES } from './002-profiles.ts';
import { JUDGEMENTS } from './003-judgements.ts';

/** SQL of each version in order; a library's `user_version` is the number of those it has. Never edit a released one. */
export const MIGRATIONS: readonly string[] = [LIBRARY, PROFILES, JUDGEMENTS];
