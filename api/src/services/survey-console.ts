/* eslint-disable no-console -- its one purpose is to keep another's words off the console */
/**
 * Runs survey-core without a word of it on the console: it prints every value and every expression that it finds
 * wrong, and what people answered or wrote must never reach a log. The work must not be asynchronous: whatever else
 * warned meanwhile would be lost.
 */
export function quietly<R>(work: () => R): R {
  const { warn } = console;
  console.warn = () => undefined;
  try {
    return work();
  } finally {
    console.warn = warn;
  }
}
