/** Oldest minor version of a major version that can load ES modules with `require`, as some packages need. */
const OLDEST = { 20: 19, 22: 12 };
const NEWEST_BOUNDED = 22;

/** Throws for a version of Node that the packages do not support. */
export function requireNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  if (major > NEWEST_BOUNDED || minor >= OLDEST[major]) return;
  throw new Error(`Skybasket needs Node 24, 22.12 or newer, or 20.19 or newer, and this is Node ${version}.`);
}
