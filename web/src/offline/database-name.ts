/** Of the tablet's database in the browser. A file of its own: the first screen reads it without Dexie. */
export const databaseName = 'akimetr-field';
