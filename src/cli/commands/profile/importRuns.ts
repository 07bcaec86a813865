import { EarshotError } from '../../../pipeline/earshotError.ts';
import type { Session } from '../../session.ts';

/** `profile import` */
export function importRuns(_session: Session): Promise<number> {
  return Promise.reject(new EarshotError('usage', 'Not there yet.', ''));
}
