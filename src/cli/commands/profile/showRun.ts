import { EarshotError } from '../../../pipeline/earshotError.ts';
import type { Session } from '../../session.ts';

/** `profile show` */
export function showRun(_session: Session): Promise<number> {
  return Promise.reject(new EarshotError('usage', 'Not there yet.', ''));
}
