import { defineConfig } from "vitest/config";
import { licences, packed } from "./plugins";

/** Two entries: `pages` for every page (small), `editor` for /sparql. What is heavy is a chunk of its own. */
export default defineConfig(({ mode }) => ({
  base: "./", // addresses are relative to the scripts: the site may live under any path
  publicDir: false,
  build: {
    outDir: "../static/build",
    emptyOutDir: true,
    target: "es2022",
    manifest: "manifest.json",
    assetsInlineLimit: 0, // no data: addresses, which the content security policy refuses
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 600,
    sourcemap: mode === "development",
    rollupOptions: {
      input: { pages: "src/pages.ts", editor: "src/editor.ts" },
      output: {
        entryFileNames: "[name]-[hash].js",
        chunkFileNames: "[name]-[hash].js",
        assetFileNames: "[name]-[hash][extname]",
      },
    },
  },
  plugins: [licences(), packed()],
  test: { include: ["test/**/*.test.ts"] },
}));
