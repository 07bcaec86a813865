const LEAST_MAJOR = 22;
const LEAST_MINOR = 14;
const LEAST_NODE_API = 10;

/**
 * What is wrong with a Node for our native modules, or null. Loading them in an older one ends the process without a
 * word, so this is asked first.
 */
export function nodeProblem(versions: {
  readonly node: string;
  readonly napi?: string | undefined;
}): string | null {
  const [major = 0, minor = 0] = versions.node.split('.').map(Number);
  const newEnough = major > LEAST_MAJOR || (major === LEAST_MAJOR && minor >= LEAST_MINOR);
  if (newEnough && Number(versions.napi ?? 0) >= LEAST_NODE_API) return null;
  return `Earshot needs Node ${LEAST_MAJOR}.${LEAST_MINOR} or newer (with Node-API ${LEAST_NODE_API}); this is Node ${versions.node}.`;
}
