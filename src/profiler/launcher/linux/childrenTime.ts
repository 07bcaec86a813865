import { readFileSync } from 'node:fs';

/** Linux gives times to programs in this unit on every architecture: USER_HZ, seconds⁻¹. */
const TICKS_PER_SECOND = 100;

/**
 * CPU seconds, user and system, of all children of this process that have ended and been waited for, with the children
 * that those waited for; null where the system does not tell (elsewhere than on Linux). Steps of 10 ms.
 */
export function endedChildrenCpuSeconds(): number | null {
  try {
    const fields = afterName(readFileSync('/proc/self/stat', 'latin1'));
    return (Number(fields[13]) + Number(fields[14])) / TICKS_PER_SECOND;
  } catch {
    return null;
  }
}

/** The fields of a line of /proc/PID/stat after the command's name, which may hold spaces and brackets; [0] is the state. */
function afterName(line: string): string[] {
  return line.slice(line.lastIndexOf(')') + 2).split(' ');
}
