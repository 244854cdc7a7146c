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
