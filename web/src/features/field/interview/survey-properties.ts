import { Serializer } from 'survey-core';

/** Our own properties of the questionnaire's JSON that the interview itself goes by. */
for (const [owner, name, type] of [
  ['page', 'privateBlock', 'boolean'],
  ['question', 'missingValues', 'any'],
] as const) {
  if (!Serializer.findProperty(owner, name)) Serializer.addProperty(owner, { name, type });
}
