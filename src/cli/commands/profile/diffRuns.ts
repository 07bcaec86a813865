import { EarshotError } from '../../../pipeline/earshotError.ts';
import type { Session } from '../../session.ts';

/** `profile diff` */
export function diffRuns(_session: Session): Promise<number> {
  return Promise.reject(new EarshotError('usage', 'Not there yet.', ''));
}
