import { EarshotError } from '../../../pipeline/earshotError.ts';
import type { Session } from '../../session.ts';

/** `profile list` */
export function listRuns(_session: Session): Promise<number> {
  return Promise.reject(new EarshotError('usage', 'Not there yet.', ''));
}
