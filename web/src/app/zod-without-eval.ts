/**
 * Imported before anything that has a contract: Zod would try to compile its checks with `new Function`, which the
 * content security policy forbids and the console would report. Zod keeps its settings in this global; they are set
 * here without Zod itself, which the first screen does not load.
 */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
