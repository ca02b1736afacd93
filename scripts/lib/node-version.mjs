const WANTED = [20, 19];

/** Refuses a Node that the dependencies do not run on. */
export function requireNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  if (major > WANTED[0] || (major === WANTED[0] && minor >= WANTED[1])) return;
  throw new Error(`Skybasket needs Node ${WANTED.join('.')} or newer, and this is Node ${version}.`);
}
