import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

/** Names for what SurveyJS knows by a word of its own; the word itself where nobody has named it for people yet. */
export interface Labels {
  readonly property: (name: string) => string;
  readonly type: (type: string) => string;
  readonly option: (value: string) => string;
  readonly part: (type: string) => string;
}

/** minImageWidth → min image width. */
const spoken = (name: string) =>
  name.replace(
    /([a-z0-9])([A-Z])/g,
    (_, end: string, start: string) => `${end} ${start.toLowerCase()}`,
  );

export function useLabels(): Labels {
  const { t } = useTranslation('designer');
  return useMemo(
    () => ({
      property: (name) => t(`names.${name}` as 'names.name', { defaultValue: spoken(name) }),
      type: (type) => t(`types.${type}` as 'types.text', { defaultValue: type }),
      option: (value) => t(`options.${value}` as 'options.none', { defaultValue: value }),
      part: (type) => t(`partTypes.${type}` as 'partTypes.text', { defaultValue: type }),
    }),
    [t],
  );
}
