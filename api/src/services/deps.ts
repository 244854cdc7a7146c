import type { Logger } from 'pino';

/** What use cases are given besides the models: time, the log, and facts of this installation. */
export interface Deps {
  now: () => Date;
  log: Logger;
  version: string;
  /** Every wave made here is synthetic: demo. */
  synthetic: boolean;
  /** The adults that ship with Akimetr, as the file has them. */
  adultsCsv: () => string;
  /** Directory of the typefaces of printed forms. */
  fontsDir: string;
  /** Tells the estimator that some akim is stale. */
  wakeEstimator: () => void;
}
