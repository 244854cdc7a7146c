import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SessionState } from './interview-session.ts';

interface Props {
  note: NonNullable<SessionState['note']>;
  onKeep: (text: string) => void;
}

/** The interviewer's remark on one question. */
export function NotePanel({ note, onKeep }: Props) {
  const { t } = useTranslation('field');
  const [text, setText] = useState(note.text);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      className="note-dialog"
      aria-labelledby="note-title"
      onCancel={(event) => {
        event.preventDefault();
        onKeep(text);
      }}
    >
      <div className="stack">
        <h2 id="note-title">{t('interviewTools.noteTitle')}</h2>
        <p className="soft">{note.title}</p>
        <label>
          {t('interviewTools.noteLabel')}
          <textarea
            rows={4}
            maxLength={500}
            value={text}
            aria-describedby="note-warning"
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        <p id="note-warning" className="soft">
          {t('contact.noteWarning')}
        </p>
        <button type="button" className="primary" onClick={() => onKeep(text)}>
          {t('interviewTools.noteKeep')}
        </button>
      </div>
    </dialog>
  );
}
