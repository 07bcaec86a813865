import { readFileSync, readdirSync } from 'node:fs';

/** Live processes whose start matches: [{pid, parent, group, command}]. Zombies do not count. */
export function processes(matches = () => true) {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '');
        const [state, parent, group] = stat.split(' ');
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        const process = { pid: +pid, parent: +parent, group: +group, command };
        return state !== 'Z' && matches(process) ? [process] : [];
      } catch {
        return []; // ended meanwhile
      }
    });
}

/** The processes whose parent is one of these, and their children in turn. */
export function descendants(pids) {
  const all = processes();
  const found = new Set(pids);
  for (let grew = true; grew;) {
    grew = false;
    for (const { pid, parent } of all) {
      if (found.has(parent) && !found.has(pid)) {
        found.add(pid);
        grew = true;
      }
    }
  }
  return all.filter(({ pid }) => found.has(pid) && !pids.includes(pid));
}
