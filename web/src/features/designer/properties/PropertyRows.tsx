import { memo, useId, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useLabels } from '../../../lib/labels.ts';
import { belowPath, useArrival, useOpen } from '../model/aim.ts';
import { useAim, useDesigner, useDesignerStore } from '../model/designer-store.ts';
import { getAt, keyOf, pathOf, setAt, type Path, type Plain } from '../model/document.ts';
import { ConditionEditor } from '../logic/ConditionEditor.tsx';
import { FlagEditor, ChoiceEditor, JsonEditor, NumberEditor, TextEditor } from './PlainEditors.tsx';
import { PartsEditor } from './PartsEditor.tsx';
import { QuestionEditor } from './QuestionEditor.tsx';
import { ValuesEditor } from './ValuesEditor.tsx';
import { WordsEditor } from './WordsEditor.tsx';
import type { EditorProps } from './editor-props.ts';
import { fieldsOf, type Field } from './property-fields.ts';
import { inOrder } from './property-groups.ts';
import styles from './Properties.module.css';

interface RowsProps {
  fields: readonly Field[];
  pathKey: string;
}

/** The given properties of one part, each with its editor. */
export const PropertyRows = memo(function PropertyRows({ fields, pathKey }: RowsProps) {
  const aim = useAim();
  const asked = belowPath(aim, pathOf(pathKey))?.[0];
  return fields.map((field) => (
    <PropertyRow
      key={field.name}
      field={field}
      pathKey={pathKey}
      aim={field.name === asked ? aim : null}
    />
  ));
});

interface EntryFormProps {
  className: string;
  element: Plain;
  path: Path;
}

/** Everything of one entry of a list at once, what is rarely needed behind a lid; a list may stand in it again. */
function EntryForm({ className, element, path }: EntryFormProps) {
  const { t } = useTranslation('designer');
  const fields = useMemo(
    () => [...fieldsOf(className, element)].sort(inOrder),
    [className, element],
  );
  const often = useMemo(() => fields.filter(({ group }) => group !== 'rare'), [fields]);
  const rare = useMemo(() => fields.filter(({ group }) => group === 'rare'), [fields]);
  const pathKey = keyOf(path);
  const aim = useAim();
  const asked = belowPath(aim, path)?.[0];
  const [open, setOpen] = useOpen(false, rare.some(({ name }) => name === asked) ? aim : null);
  return (
    <>
      <PropertyRows fields={often} pathKey={pathKey} />
      {rare.length > 0 && (
        <button
          type="button"
          className={styles.lid}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          <span aria-hidden="true">{open ? '▾' : '▸'}</span> {t('groups.rare')}
        </button>
      )}
      {open && <PropertyRows fields={rare} pathKey={pathKey} />}
    </>
  );
}

interface Props {
  field: Field;
  pathKey: string;
  /** What was asked for, where that is this property or stands in it. */
  aim: Path | null;
}

/** Whether an entry of this list was asked for, which then finds its own field. */
const inEntry = ({ kind }: Field, below: Path | null): boolean =>
  (kind === 'values' || kind === 'parts') && below !== null && below.length > 0;

/** One property: its name and what it is edited with. It follows its own value, so that a key shows this row alone anew. */
const PropertyRow = memo(function PropertyRow({ field, pathKey, aim }: Props) {
  const labels = useLabels();
  const store = useDesignerStore();
  const id = useId();
  const label = labels.property(field.name);
  const path = useMemo(() => [...pathOf(pathKey), field.name], [pathKey, field.name]);
  const value = useDesigner(({ present }) => getAt(present.doc, path));
  const set = (next: unknown) => store.change(setAt(store.doc(), path, next), keyOf(path));
  const props: EditorProps = { id, field, value, pathKey, label, set };
  const row = useArrival<HTMLDivElement>(inEntry(field, belowPath(aim, path)) ? null : aim);
  if (field.kind === 'flag') {
    return (
      <div ref={row}>
        <FlagEditor {...props} />
      </div>
    );
  }
  return (
    <div ref={row} className={styles.row}>
      <label className={styles.label} htmlFor={id} title={field.name}>
        {label}
      </label>
      <Editor {...props} />
    </div>
  );
});

function Editor(props: EditorProps) {
  switch (props.field.kind) {
    case 'words':
      return <WordsEditor {...props} />;
    case 'number':
      return <NumberEditor {...props} />;
    case 'choice':
      return <ChoiceEditor {...props} />;
    case 'condition':
    case 'expression':
      return <ConditionEditor {...props} />;
    case 'question':
      return <QuestionEditor {...props} />;
    case 'values':
      return <ValuesEditor {...props} Form={EntryForm} />;
    case 'parts':
      return <PartsEditor {...props} Form={EntryForm} />;
    case 'json':
      return <JsonEditor {...props} />;
    default:
      return <TextEditor {...props} />;
  }
}
