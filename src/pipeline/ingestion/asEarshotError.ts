import { storeError } from '../../store/open.ts';
import { EarshotError } from '../earshotError.ts';

/** Any error as one that a person can act on. */
export function asEarshotError(thrown: unknown, libraryPath: string): EarshotError {
  if (thrown instanceof EarshotError) return thrown;
  const error = storeError(thrown, libraryPath);
  if (error instanceof EarshotError) return error;
  return new EarshotError(
    'internal',
    error instanceof Error ? error.message : String(error),
    'Run it again; if it happens again, report it with the log.',
    { cause: thrown },
  );
}
