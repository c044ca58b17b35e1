// Builds the browser code: style sheet from the tokens, scripts, fonts and third-party notices.
import { build } from "esbuild";
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync, renameSync } from "node:fs";
import { brotliCompressSync, constants } from "node:zlib";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { styleSheet } from "./tokens.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../..");
const site = join(root, "api/asckg_api/static");
const alone = join(root, "src/asckg/map/static");

const shared = {
  bundle: true,
  minify: true,
  target: ["es2022"],
  legalComments: "none",
  logLevel: "warning",
  absWorkingDir: here,
  conditions: ["browser"],
  loader: { ".woff2": "file" },
};

function put(path, text) {
  const beside = `${path}.part`;
  writeFileSync(beside, text);
  renameSync(beside, path);
}

// A browser on https or this machine takes brotli, which is a fifth smaller than gzip; Node has it, Python has not.
function pack(folder) {
  for (const name of readdirSync(folder).filter((file) => /\.(js|css)$/.test(file))) {
    const content = readFileSync(join(folder, name));
    put(join(folder, `${name}.br`), brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }));
  }
}

function notices(metafiles) {
  const packages = new Set();
  for (const meta of metafiles) {
    for (const input of Object.keys(meta.inputs)) {
      const found = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
      if (found) packages.add(found[1]);
    }
  }
  const parts = [...packages].sort().map((name) => {
    const folder = join(here, "node_modules", name);
    const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice|ofl)/i.test(file));
    const texts = files.map((file) => readFileSync(join(folder, file), "utf8").trim());
    return [`${name} ${about.version} (${about.license})`, ...texts].join("\n\n");
  });
  return `Third-party code and fonts in these files\n\n${parts.join(`\n\n${"-".repeat(72)}\n\n`)}\n`;
}

async function main() {
  for (const folder of [site, alone]) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }
  const tokens = JSON.parse(readFileSync(join(root, "src/asckg/style/token.json"), "utf8"));
  const generated = join(here, "build");
  mkdirSync(generated, { recursive: true });
  put(join(generated, "token.css"), styleSheet(tokens));
  const entries = ["site", "theme", "map", "editor"].filter((name) => existsSync(join(here, `src/${name}.ts`)));
  const results = [
    await build({
      ...shared, metafile: true, outdir: site, format: "esm", splitting: true, chunkNames: "chunk-[hash]",
      entryPoints: entries.map((name) => `src/${name}.ts`),
    }),
    await build({
      ...shared, metafile: true, outdir: site, assetNames: "[name]-[hash]",
      entryPoints: [{ in: "src/style/site.css", out: "site" }, { in: "src/style/map.css", out: "map" }],
    }),
  ];
  if (existsSync(join(here, "src/standalone.ts"))) {
    results.push(await build({
      ...shared, metafile: true, outdir: alone, format: "iife", charset: "ascii",
      entryPoints: ["src/standalone.ts", { in: "src/style/standalone.css", out: "standalone" }],
    }));
  }
  // The pictures that the server draws have the pages' own faces.
  for (const [face, name] of [["atkinson-hyperlegible-next", "body"], ["newsreader", "title"]]) {
    copyFileSync(join(here, `node_modules/@fontsource-variable/${face}/files/${face}-latin-wght-normal.woff2`), join(alone, `${name}.woff2`));
  }
  pack(site);
  const said = notices(results.map((result) => result.metafile));
  put(join(site, "NOTICE.txt"), said);
  put(join(alone, "NOTICE.txt"), said);
}

await main();
