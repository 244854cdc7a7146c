import { lazy, Suspense, useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TableSkeleton } from '../../../ui/TableSkeleton.tsx';
import { AddMenu } from './AddMenu.tsx';
import { Canvas } from './Canvas.tsx';
import { Tree } from './Tree.tsx';
import styles from './Structure.module.css';

/** With survey-core's metadata, most of the code: what is asked can be read before it has come. */
const PropertyPanel = lazy(() =>
  import('../properties/PropertyPanel.tsx').then(({ PropertyPanel: Panel }) => ({
    default: Panel,
  })),
);

/** What is asked, in which order and how: the tree, the page as it reads, and the properties of what is chosen. */
export function StructureTab() {
  const { t } = useTranslation('designer');
  const [search, setSearch] = useState('');
  // What is asked is read first; its many properties come right behind it.
  const withProperties = useDeferredValue(true, false);
  return (
    <div className={styles.columns}>
      <section className={styles.left} aria-label={t('structure.tree')}>
        <div className={styles.leftTools}>
          <AddMenu />
          <input
            type="search"
            className={styles.search}
            aria-label={t('structure.search')}
            placeholder={t('structure.search')}
            value={search}
            onChange={({ target }) => setSearch(target.value)}
          />
        </div>
        <Tree search={search.trim()} />
        <p className={styles.hint}>{t('structure.keys')}</p>
      </section>
      <section className={styles.middle} aria-label={t('structure.page')}>
        <Canvas />
      </section>
      <section className={styles.right} aria-label={t('properties.title')}>
        {withProperties && (
          <Suspense fallback={<TableSkeleton />}>
            <PropertyPanel />
          </Suspense>
        )}
      </section>
    </div>
  );
}
