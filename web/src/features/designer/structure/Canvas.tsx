import { memo, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLabels } from '../../../lib/labels.ts';
import { duplicate, remove } from '../model/commands.ts';
import { textsOf, valueOf } from '../model/choices.ts';
import { useDesignerStore, useDocBehindTyping, useSelectedKey } from '../model/designer-store.ts';
import { isInside, listOf, pathOf } from '../model/document.ts';
import { moveStep, pageOf } from '../model/moving.ts';
import { anyText, outlineOf, textIn, type Branch } from '../model/outline.ts';
import { useLanguage } from '../model/working-language.ts';
import styles from './Structure.module.css';

/** The page that what is chosen stands on, question by question, as it reads in the chosen language. */
export function Canvas() {
  const { t } = useTranslation('designer');
  const doc = useDocBehindTyping();
  const store = useDesignerStore();
  const selected = useSelectedKey();
  const language = useLanguage();
  const page = pageOf(outlineOf(doc), selected);
  if (!page) return <p className={styles.empty}>{t('structure.noPage')}</p>;
  return (
    <>
      <button
        type="button"
        className={styles.pageHead}
        aria-pressed={page.key === selected}
        onClick={() => store.select(page.path)}
      >
        <span className={styles.pageTitle}>
          {anyText(page.element.title, language) ?? (page.name || t('structure.loosePage'))}
        </span>
        <code>{page.name}</code>
      </button>
      {page.children.length === 0 && <p className={styles.empty}>{t('structure.emptyPage')}</p>}
      <Cards branches={page.children} selected={selected} language={language} />
    </>
  );
}

interface CardsProps {
  branches: readonly Branch[];
  selected: string;
  language: string;
}

function Cards({ branches, selected, language }: CardsProps) {
  return (
    <ol className={styles.cards}>
      {branches.map((branch) => (
        <li key={branch.key}>
          <Card
            branch={branch}
            chosen={branch.key === selected}
            inside={
              branch.children.length > 0 && isInside(pathOf(selected), branch.path) ? selected : ''
            }
            language={language}
          />
        </li>
      ))}
    </ol>
  );
}

/** Scrolls the column of the page to the card, where it is a column that scrolls by itself; never the whole screen. */
function bringIntoSight(card: HTMLElement | null): void {
  const column = card?.closest<HTMLElement>(`.${styles.middle}`);
  if (!card || !column || column.scrollHeight <= column.clientHeight) return;
  const [at, around] = [card.getBoundingClientRect(), column.getBoundingClientRect()];
  if (at.top < around.top) column.scrollTop += at.top - around.top - 8;
  else if (at.bottom > around.bottom) {
    column.scrollTop += Math.min(at.top - around.top - 8, at.bottom - around.bottom + 8);
  }
}

interface CardProps {
  branch: Branch;
  chosen: boolean;
  /** Key of what is chosen within; '' where nothing is. */
  inside: string;
  language: string;
}

const Card = memo(function Card({ branch, chosen, inside, language }: CardProps) {
  const { t } = useTranslation('designer');
  const store = useDesignerStore();
  const labels = useLabels();
  const { element, type, name } = branch;
  const title = anyText(element.title ?? element.html, language);
  const missing = title !== null && textIn(element.title ?? element.html, language) === null;
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    if (chosen) bringIntoSight(card.current);
  }, [chosen]);
  return (
    <article ref={card} className={styles.card} data-chosen={chosen || undefined} aria-label={name}>
      <button
        type="button"
        className={styles.cardMain}
        aria-pressed={chosen}
        onClick={() => store.select(branch.path)}
      >
        <span className={styles.cardTitle} data-missing={missing || undefined}>
          {title?.replace(/<[^>]*>/g, ' ') ?? t('structure.untitled')}
          {element.isRequired === true && (
            <>
              <span aria-hidden="true"> *</span>
              <span className="visually-hidden"> {t('badges.required')}</span>
            </>
          )}
        </span>
        <Choices element={element} language={language} />
        <span className={styles.badges}>
          <span>{labels.type(type)}</span>
          <code>{name}</code>
          {typeof element.indicator === 'string' && (
            <span data-tone="good">{t('badges.indicator', { name: element.indicator })}</span>
          )}
          {typeof element.visibleIf === 'string' && (
            <code data-tone="warn">{element.visibleIf}</code>
          )}
          {listOf(element.validators).length > 0 && (
            <span>{t('badges.checks', { number: listOf(element.validators).length })}</span>
          )}
          {(element.choicesOrder === 'random' || element.rowOrder === 'random') && (
            <span>{t('badges.random')}</span>
          )}
          {missing && <span data-tone="warn">{t('badges.untranslated')}</span>}
        </span>
      </button>
      {chosen && <CardTools branch={branch} />}
      {branch.children.length > 0 && (
        <Cards branches={branch.children} selected={inside} language={language} />
      )}
    </article>
  );
});

function CardTools({ branch }: { branch: Branch }) {
  const { t } = useTranslation('designer');
  const store = useDesignerStore();
  const { key, path } = branch;
  return (
    <div className={styles.cardTools} role="group" aria-label={t('structure.tools')}>
      <button type="button" onClick={() => store.run(moveStep(store.doc(), key, 'up'))}>
        ↑ {t('structure.up')}
      </button>
      <button type="button" onClick={() => store.run(moveStep(store.doc(), key, 'down'))}>
        ↓ {t('structure.down')}
      </button>
      <button type="button" onClick={() => store.run(duplicate(store.doc(), path))}>
        {t('structure.duplicate')}
      </button>
      <button type="button" onClick={() => store.run(remove(store.doc(), path))}>
        {t('structure.delete')}
      </button>
    </div>
  );
}

const shownChoices = 7;

function Choices({ element, language }: { element: Branch['element']; language: string }) {
  const { t } = useTranslation('designer');
  const lists = ['rows', 'choices', 'rateValues', 'columns']
    .map((property) => listOf(element[property]))
    .filter((list) => list.length > 0);
  return lists.map((list, index) => (
    <span key={index} className={styles.choices}>
      {list.slice(0, shownChoices).map((entry, place) => (
        <span key={place}>{anyText(textsOf(entry), language) ?? String(valueOf(entry))}</span>
      ))}
      {list.length > shownChoices && (
        <span>{t('structure.more', { number: list.length - shownChoices })}</span>
      )}
    </span>
  ));
}
