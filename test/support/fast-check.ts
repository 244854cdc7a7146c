import fc from 'fast-check';

/**
 * Properties with the same examples in every run, so that a change fails by what it does and never by chance. To look
 * for others: PROPERTY_SEED=7 npm test
 */
fc.configureGlobal({
  ...fc.readConfigureGlobal(),
  seed: Number(process.env.PROPERTY_SEED ?? 2026),
});

export default fc;
