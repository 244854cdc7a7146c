import { config } from 'zod';

/**
 * Imported before anything that has a contract: Zod would try to compile its checks with `new Function`,
 * which the content security policy forbids and the console would report.
 */
config({ jitless: true });
