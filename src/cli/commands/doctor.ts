import type { DoctorCheck } from '../../protocol/library.ts';
import { singleLine } from '../../pipeline/transcript/singleLine.ts';
import { errorReport } from '../errorReport.ts';
import { EXIT } from '../exitCodes.ts';
import type { Output } from '../output.ts';
import type { Session } from '../session.ts';

/** `doctor`: what Earshot needs, whether it is there, and what to do where it is not. */
export async function doctor(session: Session): Promise<number> {
  const { output } = session;
  const checks = await checksOf(session);
  const errors = checks.filter(({ status }) => status === 'error').length;
  const warnings = checks.filter(({ status }) => status === 'warning').length;
  for (const check of checks) output.record({ type: 'check', ...check });
  output.record({ type: 'result', command: 'doctor', checks: checks.length, errors, warnings });
  output.result(checks.map((check) => checkText(check, output)).join(''));
  return errors > 0 ? EXIT.failed : EXIT.ok;
}

/** A library that cannot be opened is a finding too, and just what a doctor is called for. */
async function checksOf(session: Session): Promise<DoctorCheck[]> {
  try {
    return await (await session.earshot()).doctor();
  } catch (error) {
    session.output.debug(error);
    const { message, action } = errorReport(error);
    return [{ name: 'start', status: 'error', detail: message, action }];
  }
}

function checkText({ name, status, detail, action }: DoctorCheck, { palette }: Output): string {
  const marks = {
    ok: palette.green('✓'),
    warning: palette.yellow('!'),
    error: palette.red('✗'),
  };
  const advice = status === 'ok' || action === null ? '' : `    → ${singleLine(action)}\n`;
  return `${marks[status]} ${palette.bold(singleLine(name))}: ${singleLine(detail)}\n${advice}`;
}
