import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { autocompletion, closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import {
  bracketMatching,
  defaultHighlightStyle,
  foldGutter,
  indentOnInput,
  syntaxHighlighting,
} from '@codemirror/language';
import { linter, lintGutter } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { useDesignerStore, useDoc } from '../model/designer-store.ts';
import { isPlain, type Doc } from '../model/document.ts';
import { useDraft } from '../draft/draft-context.ts';
import { completeJson } from './json-completion.ts';
import { faultsIn } from './json-faults.ts';
import styles from './Json.module.css';

const textOf = (doc: Doc) => JSON.stringify(doc, null, 2);

/** The questionnaire if the text is one; null otherwise. */
function docFrom(text: string): Doc | null {
  try {
    const value: unknown = JSON.parse(text);
    return isPlain(value) ? value : null;
  } catch {
    return null;
  }
}

/** The questionnaire as text. What is written is taken over as one step of undo, by the button or on leaving the tab. */
export function JsonTab() {
  const { t } = useTranslation('designer');
  const store = useDesignerStore();
  const doc = useDoc();
  const { unfinishedJson } = useDraft();
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const [state, setState] = useState<'same' | 'changed' | 'broken'>('same');

  useEffect(() => {
    const words = {
      unreadable: t('json.unreadable'),
      notObject: t('json.notObject'),
      unknownType: (type: string) => t('json.unknownType', { type }),
      unknownProperty: (property: string, type: string) =>
        t('json.unknownProperty', { property, type }),
    };
    const take = () => {
      const text = editor.state.doc.toString();
      const next = docFrom(text);
      if (next === null) {
        unfinishedJson.set(text);
        return;
      }
      unfinishedJson.set(null);
      if (text !== textOf(store.doc())) store.change(next);
      setState('same');
    };
    const look = (text: string) => {
      const next = docFrom(text);
      setState(next === null ? 'broken' : text === textOf(store.doc()) ? 'same' : 'changed');
    };
    const editor = new EditorView({
      parent: place.current!,
      state: EditorState.create({
        doc: unfinishedJson.get() ?? textOf(store.doc()),
        extensions: [
          lineNumbers(),
          foldGutter(),
          history(),
          drawSelection(),
          indentOnInput(),
          bracketMatching(),
          closeBrackets(),
          highlightActiveLine(),
          json(),
          syntaxHighlighting(defaultHighlightStyle),
          autocompletion({ override: [completeJson] }),
          lintGutter(),
          linter((shown) => faultsIn(shown.state, words)),
          EditorView.contentAttributes.of({ 'aria-label': t('json.label'), tabindex: '0' }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) look(update.state.doc.toString());
          }),
          keymap.of([
            {
              key: 'Mod-Enter',
              run: () => {
                take();
                return true;
              },
            },
            ...closeBracketsKeymap,
            ...defaultKeymap,
            ...historyKeymap,
          ]),
        ],
      }),
    });
    view.current = editor;
    look(editor.state.doc.toString());
    return () => {
      take();
      editor.destroy();
    };
  }, [store, t, unfinishedJson]);

  // A step back, or another part of the designer, changed the questionnaire while its text is open.
  useEffect(() => {
    const editor = view.current;
    const text = textOf(doc);
    if (!editor || unfinishedJson.get() !== null) return;
    const shown = docFrom(editor.state.doc.toString());
    if (shown !== null && JSON.stringify(shown) === JSON.stringify(doc)) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text } });
  }, [doc, unfinishedJson]);

  const apply = () => {
    const next = docFrom(view.current?.state.doc.toString() ?? '');
    if (next === null) return;
    unfinishedJson.set(null);
    store.change(next);
    setState('same');
  };
  const discard = () => {
    unfinishedJson.set(null);
    const editor = view.current;
    editor?.dispatch({
      changes: { from: 0, to: editor.state.doc.length, insert: textOf(store.doc()) },
    });
  };
  return (
    <div className={styles.json}>
      <div className={styles.bar}>
        <p role="status" data-state={state}>
          {t(`json.${state}`)}
        </p>
        <button type="button" disabled={state !== 'changed'} onClick={apply}>
          {t('json.apply')}
        </button>
        <button type="button" disabled={state === 'same'} onClick={discard}>
          {t('json.discard')}
        </button>
      </div>
      <div ref={place} className={styles.editor} />
    </div>
  );
}
