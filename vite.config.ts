import { createHash } from "node:crypto";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin, type Rollup } from "vite";
import { CONTENT_SECURITY_POLICY } from "./src/security.ts";
import { tokenizersAlias } from "./vite.shared.ts";

/** Some files and the files that they name, and those name, and so on. */
function namedFrom(files: string[], bundle: Rollup.OutputBundle): Set<string> {
  const textOf = (name: string) => {
    const content = bundle[name]!;
    return content.type === "chunk" ? content.code : /\.(m?js|css|html)$/.test(name) ? Buffer.from(content.source).toString() : "";
  };
  const found = new Set(files);
  for (const name of found) {
    const named = new Set(textOf(name).match(/[\w.-]+\.\w+(?=["'`])/g));
    for (const other of Object.keys(bundle)) if (named.has(basename(other))) found.add(other);
  }
  return found;
}

/** Tells the service worker which files make up the page, and gives it a version that changes with any of them. */
function shellList(): Plugin {
  return {
    name: "dotlight-shell",
    enforce: "post",
    generateBundle(_options, bundle) {
      const service = bundle["service.js"];
      if (service?.type !== "chunk") return;
      // onnxruntime's WebGPU build is 27 MB: fetched only where it is used. Without a network the encoders fall back to WASM.
      const built = Object.keys(bundle).filter((name) => !/service\.js$|asyncify|\.map$|index\.html$/.test(name));
      // What only other pages use is not kept by this one.
      const others = namedFrom(["dotlight.js", "element.js"], bundle);
      const own = namedFrom(
        built.filter((name) => !others.has(name)),
        bundle,
      );
      const all = built.filter((name) => own.has(name));
      // The decoder for HEIC and what makes maps of own photos, which most visitors never meet, and the texts in other languages than English are kept when they have been used.
      const seldom = (name: string) => {
        const file = bundle[name]!;
        return (
          /libheif|^assets\/map-/.test(name) || (file.type === "chunk" && /\/src\/app\/texts\/\w+\.ts$/.test(file.facadeModuleId ?? ""))
        );
      };
      const [files, onUse] = [all.filter((name) => !seldom(name)), all.filter(seldom)];
      const version = createHash("sha256").update(all.join()).update(service.code).digest("hex").slice(0, 16);
      const shell = { version, files: ["./", "icon.svg", "manifest.webmanifest", ...files.sort()], onUse };
      service.code = `const SHELL = ${JSON.stringify(shell)};\n${service.code}`;
    },
  };
}

/** The policy for hosts that cannot send headers. */
function policy(): Plugin {
  return {
    name: "dotlight-policy",
    apply: "build",
    transformIndexHtml: () => [
      { tag: "meta", attrs: { "http-equiv": "Content-Security-Policy", content: CONTENT_SECURITY_POLICY }, injectTo: "head-prepend" },
    ],
  };
}

/** Workers' addresses in the one form that other people's bundlers know, new URL("FILE", import.meta.url), where Vite writes it twice over. */
function workerAddresses(): Plugin {
  const twice = /new URL\(new URL\((`[^`]+`),import\.meta\.url\)\.href,``\+import\.meta\.url\)/g;
  return {
    name: "dotlight-worker-addresses",
    enforce: "post",
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type === "chunk") chunk.code = chunk.code.replace(twice, "new URL($1,import.meta.url)");
      }
    },
  };
}

/**
 * Keeps what chunks share out of workers' entries. WebKit (2.50) runs a worker's entry once more when another of its modules imports it, and so does
 * any browser where a host serves the file under two addresses, as Vite's development server does: a second worker without any state would then
 * answer every call too. Vite sets the option itself, so it takes a plugin to change it.
 */
function untouchedEntries(): Plugin {
  return { name: "dotlight-entries", options: (options) => ({ ...options, preserveEntrySignatures: "strict" }) };
}

// Relative base: the same build works at the root of a host and below any sub-path (GitHub Pages project sites).
export default defineConfig({
  base: "./",
  plugins: [react(), policy(), workerAddresses(), shellList()],
  resolve: {
    alias: [tokenizersAlias],
    // Without this condition Vite would bundle a second copy of onnxruntime's wasm.
    conditions: ["onnxruntime-web-use-extern-wasm", "module", "browser", "development|production"],
  },
  optimizeDeps: { exclude: ["tokenizers-wasm", "onnxruntime-web"] },
  worker: { format: "es", plugins: () => [untouchedEntries()] },
  build: {
    target: "es2023",
    outDir: "dist/site",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: {
        index: fileURLToPath(new URL("index.html", import.meta.url)),
        service: fileURLToPath(new URL("workers/service.ts", import.meta.url)),
        // For other pages, of this host or of who installs the package.
        dotlight: fileURLToPath(new URL("src/api/browser.ts", import.meta.url)),
        element: fileURLToPath(new URL("src/element/element.ts", import.meta.url)),
      },
      preserveEntrySignatures: "exports-only",
      output: { entryFileNames: ({ name }) => (name === "index" ? "assets/[name]-[hash].js" : "[name].js") },
    },
  },
});
