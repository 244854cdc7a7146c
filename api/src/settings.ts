import { z } from 'zod';

const wholeNumber = (least: number, most: number) => {
  const error = `must be a whole number from ${least} to ${most}`;
  return z.coerce.number({ error }).int({ error }).min(least, { error }).max(most, { error });
};

const oneOf = <const T extends readonly string[]>(...values: T) =>
  z.enum(values, { error: `must be one of ${values.join(', ')}` });

const settingsSchema = z.object({
  PORT: wholeNumber(0, 65535).default(3000),
  HOST: z.string().min(1).default('0.0.0.0'),
  DATA_DIR: z.string().min(1).default('./data'),
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\/\S+$/, 'must begin with mongodb:// or mongodb+srv://')
    .optional(),
  /** Set by `npm run demo`: the data directory holds synthetic data and every screen says so. */
  AKIMETR_DEMO: oneOf('true', 'false').default('false'),
  /** Number of proxies in front whose X-Forwarded-* headers are believed. */
  TRUSTED_PROXIES: wholeNumber(0, 10).default(0),
  METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
  LOG_LEVEL: oneOf('silent', 'error', 'warn', 'info', 'debug').default('info'),
});

export interface Settings {
  port: number;
  host: string;
  dataDir: string;
  mongodbUri: string | undefined;
  demo: boolean;
  trustedProxies: number;
  /** Who sends it may read /metrics; without one only this machine itself may. */
  metricsToken: string | undefined;
  logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug';
}

/**
 * The settings of a process, from its environment. An empty variable counts as not set.
 * @throws Error whose message names every wrong variable and the mend
 */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const present = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = settingsSchema.safeParse(present);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((fault) => `${fault.path.join('.')}: ${fault.message}`);
    throw new Error(`Wrong settings. ${faults.join('; ')}`);
  }
  return {
    port: parsed.data.PORT,
    host: parsed.data.HOST,
    dataDir: parsed.data.DATA_DIR,
    mongodbUri: parsed.data.MONGODB_URI,
    demo: parsed.data.AKIMETR_DEMO === 'true',
    trustedProxies: parsed.data.TRUSTED_PROXIES,
    metricsToken: parsed.data.METRICS_TOKEN,
    logLevel: parsed.data.LOG_LEVEL,
  };
}
