import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

export function HomeLink() {
  const { t } = useTranslation('office');
  return <Link to="/">{t('notFound.home')}</Link>;
}
