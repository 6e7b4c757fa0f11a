// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * embedded.js - what the page carries: compressed bytes as base64 in inert elements.
 *
 * A result may be longer than the longest string that a browser has, so it comes in
 * pieces, each a whole number of base64's groups of four.
 */

function decode(text) {
  const binary = atob(text.trim());
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) {
    bytes[i] = binary.charCodeAt(i);
  }
  return bytes;
}

async function unpack(pieces) {
  if (typeof DecompressionStream === "undefined") {
    throw new Error("This browser is too old for this page: it can't decompress. "
      + "Firefox 113, Safari 16.4, Chrome 111 and later can.");
  }
  const stream = new Blob(pieces).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Take the elements' text out of the document, so that it isn't kept twice. */
function take(elements) {
  return [...elements].map((element) => {
    const bytes = decode(element.textContent);
    element.remove();
    return bytes;
  });
}

/** h5wasm's WebAssembly. */
export async function embeddedWasm() {
  return unpack(take(document.querySelectorAll("#h5wasm")));
}

/** The result, as it lay on disk; null when the page holds none. */
export async function embeddedResult() {
  const pieces = document.querySelectorAll("script.isssim-data");
  return pieces.length ? unpack(take(pieces)) : null;
}
