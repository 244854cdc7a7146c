import { useTranslation } from 'react-i18next';
import { PageHeader } from '../ui/PageHeader.tsx';
import { HomeLink } from './HomeLink.tsx';

/** No screen has this address. */
export function NotFound() {
  const { t } = useTranslation('office');
  return (
    <>
      <PageHeader title={t('notFound.title')} lead={t('notFound.lead')} />
      <HomeLink />
    </>
  );
}
