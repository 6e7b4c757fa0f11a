// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * vite.config.js - one HTML file with everything in it, the same bytes on every machine.
 *
 * Vite bundles the modules; `onePage` then writes scripts and styles into the page.
 * h5wasm carries its WebAssembly as a string in which an HTML parser would mend line ends
 * and zeros, so `unpackWasm` takes it out.  It goes in compressed by a compressor that is
 * itself JavaScript (that of Node depends on the processor), as base64.
 */
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "fflate";
import { defineConfig } from "vite";

const here = dirname(fileURLToPath(import.meta.url));
const PACKAGE = resolve(here, "../python/src/isssim/page");

/** The bytes that h5wasm's string literal holds, and its source without them. */
function takeWasm(code) {
  const start = code.indexOf("binaryDecode('") + "binaryDecode('".length;
  let end = start;
  while (code[end] !== "'") {
    end += code[end] === "\\" ? 2 : 1;
  }
  const text = new Function(`return '${code.slice(start, end)}'`)();
  // Zero is stored as 256: this is h5wasm's own binaryDecode.
  const bytes = Uint8Array.from(text, (c) => (~c.charCodeAt(0) >> 8) & c.charCodeAt(0));
  if (String.fromCharCode(...bytes.slice(1, 4)) !== "asm") {
    throw new Error("no WebAssembly where h5wasm kept it: see takeWasm");
  }
  return { bytes, code: `${code.slice(0, start - 14)}embeddedWasm()${code.slice(end + 2)}` };
}

function unpackWasm(found) {
  return {
    name: "unpack-wasm",
    transform(code, id) {
      if (!id.endsWith("hdf5_util.js")) {
        return null;
      }
      const taken = takeWasm(code);
      found.wasm = taken.bytes;
      const module = JSON.stringify(resolve(here, "src/embedded.js"));
      return { code: `import { embeddedWasm } from ${module};\n${taken.code}`, map: null };
    },
  };
}

function licences() {
  const h5wasm = readFileSync(resolve(here, "node_modules/h5wasm/LICENSE.txt"), "utf8");
  return h5wasm.replace(/\r/g, "").replace(/[ \t]+$/gm, "").replace(/--+/g, (s) => "=".repeat(s.length));
}

function onePage(found) {
  return {
    name: "one-page",
    enforce: "post",
    generateBundle(_, bundle) {
      const files = Object.values(bundle);
      const script = files.find((file) => file.type === "chunk");
      const style = files.find((file) => file.fileName.endsWith(".css"));
      const page = files.find((file) => file.fileName.endsWith(".html"));
      const wasm = Buffer.from(gzipSync(found.wasm, { level: 9, mtime: 0 })).toString("base64");
      const code = script.code.replace(/<\/script/g, "<\\/script").replace(/<!--/g, "<\\!--");
      const html = page.source
        .replace(/[ \t]*<script type="module"[^]*?<\/script>\n?/, "")
        .replace(/[ \t]*<link rel="stylesheet"[^>]*>\n?/, "")
        .replace("@licences@", () => licences())
        .replace("</head>", () => `<style>\n${style.source}</style>\n</head>`)
        .replace("</body>", () => `<script type="text/plain" id="h5wasm">${wasm}</script>\n`
          + `<script type="module">\n${code}</script>\n</body>`);
      for (const name of Object.keys(bundle)) {
        delete bundle[name];
      }
      this.emitFile({ type: "asset", fileName: "mission.html", source: html });
    },
  };
}

const found = {};

export default defineConfig({
  root: here,
  plugins: [unpackWasm(found), onePage(found)],
  build: {
    outDir: process.env.PAGE_OUTPUT ?? PACKAGE,
    emptyOutDir: false,
    target: "es2022",
    modulePreload: false,
    cssCodeSplit: false,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 4096,
  },
});
