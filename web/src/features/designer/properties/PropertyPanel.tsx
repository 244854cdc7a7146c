import { useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keyOf, plainAt, rootKey, type Path, type Plain } from '../model/document.ts';
import { belowPath, useOpen } from '../model/aim.ts';
import { useAim, useBehindTyping, useSelectedPath } from '../model/designer-store.ts';
import { textOf } from '../model/outline.ts';
import { FindingLines } from '../check/FindingLines.tsx';
import { concerns, useFindings } from '../check/use-findings.ts';
import { useLabels } from '../../../lib/labels.ts';
import { NameEditor } from './NameEditor.tsx';
import { PropertyRows } from './PropertyRows.tsx';
import { fieldsOf, type Field } from './property-fields.ts';
import { groups, inOrder, type Group } from './property-groups.ts';
import { QuestionnaireFields } from './QuestionnaireFields.tsx';
import styles from './Properties.module.css';

/** Everything that can be said of what is chosen: what is used most on top, the rest in groups. */
export function PropertyPanel() {
  const path = useSelectedPath();
  const key = keyOf(path);
  const element = useBehindTyping((doc) => plainAt(doc, path));
  const className = classOf(path, element);
  const name = textOf(element.name);
  const findings = useFindings().filter((finding) =>
    key === rootKey ? finding.question === null && finding.page === null : concerns(finding, name),
  );
  const identity = useIdentity(key, element);
  return (
    <div className={styles.panel} key={identity}>
      {key === rootKey ? (
        <QuestionnaireFields />
      ) : (
        <NameEditor pathKey={key} name={name} type={textOf(element.type)} />
      )}
      {findings.length > 0 && <FindingLines findings={findings} />}
      <PropertyGroups className={className} element={element} path={path} />
    </div>
  );
}

/**
 * Another number when something else was chosen; the same while what is chosen is edited (it stays where it is) or moved
 * (it stays the same object), so that its fields are not built anew.
 */
function useIdentity(key: string, element: Plain): number {
  const [last, setLast] = useState({ key, element, identity: 0 });
  if (last.key === key && last.element === element) return last.identity;
  const same = last.key === key || last.element === element;
  const identity = same ? last.identity : last.identity + 1;
  setLast({ key, element, identity });
  return identity;
}

const classOf = (path: Path, element: Plain): string => {
  if (path.length === 0) return 'survey';
  return path.length === 2 && path[0] === 'pages' ? 'page' : textOf(element.type);
};

interface Props {
  className: string;
  element: Plain;
  path: Path;
}

/** The property forms of one part. */
function PropertyGroups({ className, element, path }: Props) {
  const { t } = useTranslation('designer');
  const [wanted, setWanted] = useState('');
  const labels = useLabels();
  const fields = fieldsOf(className, element);
  const byGroup = useMemo(() => grouped(fields), [fields]);
  const pathKey = keyOf(path);
  const aim = useAim();
  const asked = belowPath(aim, path)?.[0];
  const found = wanted.trim().toLowerCase();
  const isWanted = ({ name }: Field) =>
    found === '' ||
    name === asked ||
    name.toLowerCase().includes(found) ||
    labels.property(name).toLowerCase().includes(found);
  const searchId = useId();
  const shown = groups
    .map((group) => [group, (byGroup.get(group) ?? []).filter(isWanted)] as const)
    .filter(([, inGroup]) => inGroup.length > 0);
  return (
    <>
      <label className="visually-hidden" htmlFor={searchId}>
        {t('properties.search')}
      </label>
      <input
        id={searchId}
        type="search"
        className={styles.input}
        placeholder={t('properties.search')}
        value={wanted}
        onChange={(event) => setWanted(event.target.value)}
      />
      {shown.length === 0 && (
        <p className="soft" role="status">
          {t('properties.notFound')}
        </p>
      )}
      {shown.map(([group, inGroup]) => (
        <Group
          key={`${group} ${found === ''}`}
          group={group}
          fields={inGroup}
          element={element}
          pathKey={pathKey}
          opened={group === 'common' || found !== ''}
          aim={inGroup.some(({ name }) => name === asked) ? aim : null}
        />
      ))}
    </>
  );
}

function grouped(fields: readonly Field[]): Map<Group, Field[]> {
  const byGroup = new Map<Group, Field[]>();
  for (const field of [...fields].sort(inOrder)) {
    byGroup.set(field.group, [...(byGroup.get(field.group) ?? []), field]);
  }
  return byGroup;
}

interface GroupProps {
  group: Group;
  fields: readonly Field[];
  element: Plain;
  pathKey: string;
  opened: boolean;
  /** What was asked for, where that is one of its properties or stands in one. */
  aim: Path | null;
}

/** Rows of a closed group are not made: most are never looked at. */
function Group({ group, fields, element, pathKey, opened, aim }: GroupProps) {
  const { t } = useTranslation('designer');
  const [open, setOpen] = useOpen(opened, aim);
  const set = fields.filter(({ name }) => Object.hasOwn(element, name)).length;
  return (
    <section className={styles.group}>
      <h3 className={styles.groupTitle}>
        <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
          <span aria-hidden="true">{open ? '▾' : '▸'}</span> {t(`groups.${group}`)}
          {set > 0 && <span className={styles.count}>{t('properties.set', { number: set })}</span>}
        </button>
      </h3>
      {open && <PropertyRows fields={fields} pathKey={pathKey} />}
    </section>
  );
}
