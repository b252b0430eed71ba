// The lock names versions and checksums, never a machine's own registry.
import { readFileSync } from "node:fs";

const lock = readFileSync(new URL("../package-lock.json", import.meta.url), "utf8");
const { packages } = JSON.parse(lock);
const wrong = Object.entries(packages).filter(([path, entry]) => path && (entry.resolved || !entry.integrity)).map(([path]) => path);
if (wrong.length) {
  console.error(`package-lock.json: ${wrong.length} entries with an address or without a checksum, e.g. ${wrong[0]}`);
  process.exit(1);
}
console.log(`package-lock.json: ${Object.keys(packages).length - 1} packages, checksums only`);
