import { Serializer } from 'survey-core';

/** Makes survey-core know our own properties, so that they travel with the JSON and are no faults of it. */
export function registerOurProperties(): void {
  const ours: [owner: string, properties: string[]][] = [
    ['survey', ['code', 'version:number', 'levels:any']],
    // The respondent alone answers these pages; see web/src/features/field/interview.
    ['page', ['privateBlock:boolean']],
    ['question', ['indicator', 'scoring:any', 'missingValues:any']],
  ];
  for (const [owner, properties] of ours) {
    for (const name of properties) {
      const [plainName = name, type = 'string'] = name.split(':');
      if (!Serializer.findProperty(owner, plainName)) {
        Serializer.addProperty(owner, { name: plainName, type, visible: false });
      }
    }
  }
}
