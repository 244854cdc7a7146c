import type { ComponentType } from 'react';
import type { Path, Plain } from '../model/document.ts';
import type { Field } from './property-fields.ts';

/** What every editor of a property is given. */
export interface EditorProps {
  readonly id: string;
  readonly field: Field;
  readonly value: unknown;
  /** Key of what the property belongs to. */
  readonly pathKey: string;
  readonly label: string;
  /** Sets the property; typing into it is one step of undo. */
  readonly set: (value: unknown) => void;
}

/** The form of one entry of a list; handed down, since such an entry may hold a list again. */
export type EntryForm = ComponentType<{ className: string; element: Plain; path: Path }>;
