/** What the build adds of its own: the licences of what it bundles, and each file gzipped beside itself. */

import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";

interface Package {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly text: string;
}

/** Write THIRD-PARTY-LICENSES.txt, with the licence of every package that a line of the bundles comes from. */
export function licences(): Plugin {
  return {
    name: "licences",
    generateBundle(_, bundle) {
      const folders = new Set<string>();
      for (const chunk of Object.values(bundle)) {
        if (chunk.type === "chunk") for (const id of chunk.moduleIds) folders.add(packageOf(id) ?? "");
      }
      folders.delete("");
      const found = [...folders].map(described).sort((a, b) => a.name.localeCompare(b.name));
      const source = found.map((each) => `${each.name} ${each.version} (${each.licence})\n\n${each.text}\n`);
      this.emitFile({
        type: "asset",
        fileName: "THIRD-PARTY-LICENSES.txt",
        source: source.join(`\n${"-".repeat(72)}\n\n`),
      });
    },
  };
}

function packageOf(id: string): string | null {
  return /^\0?(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id.replaceAll("\\", "/"))?.[1] ?? null;
}

function described(folder: string): Package {
  const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Record<string, string>;
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  const { name = folder, version = "", license = "see the text" } = about;
  if (!file && !about["license"]) throw new Error(`${name} has no licence`);
  const text = file ? readFileSync(join(folder, file), "utf8").trim() : `Licence: ${license}`;
  return { name, version, licence: license, text };
}

/** Put `name.gz` beside each file that is worth it, so that a server need not pack it for each reader. */
export function packed(): Plugin {
  return {
    name: "packed",
    apply: "build",
    writeBundle(options, bundle) {
      const folder = options.dir ?? dirname(options.file ?? ".");
      for (const name of Object.keys(bundle)) {
        const path = join(folder, name);
        if (/\.(js|css|json|txt)$/.test(name) && existsSync(path)) {
          writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }));
        }
      }
    },
  };
}
