/** Parts of a small questionnaire for the tests of its check. */
export const t = (text: string) => ({ kk: text, ru: text, en: text });

export const choice = (value: string | number) => ({ value, text: t(`label of ${value}`) });

export const radio = (name: string, more: object = {}) => ({
  type: 'radiogroup',
  name,
  title: t(`Question ${name}?`),
  choices: [choice('yes'), choice('no')],
  ...more,
});

export const page = (name: string, ...elements: object[]) => ({ name, title: t(name), elements });

export const whole = (pages: object[], more: object = {}) => ({
  title: t('Title'),
  levels: ['district'],
  pages,
  ...more,
});
