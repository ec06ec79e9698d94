/** Whether workers can share memory: on an isolated page, in a browser that then has it. WebKitGTK isolates pages and has none. */
export const sharesMemory = (): boolean => globalThis.crossOriginIsolated === true && typeof SharedArrayBuffer === "function";
