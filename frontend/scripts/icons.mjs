// Builds the sprite of the icons used (icons.txt) and our own glyphs, and lays the licences beside them.
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";

const here = (path) => new URL(path, import.meta.url);
const out = here("../../src/zhiyin/kit/static/dist/");
const names = readFileSync(here("../icons.txt"), "utf8").split(/\s+/).filter((name) => name && !name.startsWith("#"));
const missing = names.filter((name) => !existsSync(here(`../node_modules/@tabler/icons/icons/outline/${name}.svg`)));
if (missing.length) {
  console.error(`icons.txt names icons that Tabler does not have: ${missing.join(", ")}`);
  process.exit(1);
}
const symbol = (name) => {
  const svg = readFileSync(here(`../node_modules/@tabler/icons/icons/outline/${name}.svg`), "utf8");
  const inner = svg.replace(/<!--[\s\S]*?-->/g, "").match(/<svg[^>]*>([\s\S]*)<\/svg>/)[1].replace(/<path stroke="none"[^>]*\/>/g, "").replace(/\s*\n\s*/g, "").trim();
  return `<symbol id="${name}" viewBox="0 0 24 24">${inner}</symbol>`;
};
const own = readFileSync(here("../glyphs.svg"), "utf8").match(/<svg[^>]*>([\s\S]*)<\/svg>/)[1].trim();
mkdirSync(out, { recursive: true });
writeFileSync(new URL("icons.svg", out), `<svg xmlns="http://www.w3.org/2000/svg">\n${own}\n${[...new Set(names)].sort().map(symbol).join("\n")}\n</svg>\n`);
mkdirSync(new URL("licences/", out), { recursive: true });
for (const name of ["@alpinejs/csp", "@fontsource-variable/inter", "@tabler/icons", "echarts", "htmx.org", "zrender"]) {
  const file = ["LICENSE", "LICENSE.md", "LICENSE.txt"].map((leaf) => here(`../node_modules/${name}/${leaf}`)).find((path) => existsSync(path));
  const target = new URL(`licences/${name.replace(/[@/]/g, "_").replace(/^_/, "")}.txt`, out);
  const { version, license, author } = JSON.parse(readFileSync(here(`../node_modules/${name}/package.json`), "utf8"));
  if (file) copyFileSync(file, target);
  else writeFileSync(target, `${name} ${version}\nCopyright ${author?.name ?? author ?? "its authors"}\nLicence: ${license}\n`);
}
console.log(`icons.svg: ${names.length} icons`);
