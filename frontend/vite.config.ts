import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

// Three entries: desk (staff), portal (customers, sign-in, errors), and charts for the pages that draw. The build goes to kit's static files with a
// manifest that django-vite reads. Targets reach back to the WebViews of older phones; CSS is lowered to them.
const oldest = { chrome: 80 << 16, safari: (13 << 16) | (1 << 8), firefox: 78 << 16 };

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "./",
  publicDir: false,
  css: { transformer: "lightningcss", lightningcss: { targets: oldest } },
  build: {
    outDir: fileURLToPath(new URL("../src/zhiyin/kit/static/dist", import.meta.url)),
    emptyOutDir: true,
    manifest: "manifest.json",
    target: ["chrome80", "safari13.1", "firefox78"],
    cssMinify: "lightningcss",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rollupOptions: { input: ["src/desk.ts", "src/portal.ts", "src/charts.ts"] },
  },
});
