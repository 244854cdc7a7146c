import fc from 'fast-check';

/** Mutation testing runs every property thousands of times: a few examples each are enough to tell a mutant. */
fc.configureGlobal({ numRuns: 12 });
