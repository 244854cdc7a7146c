/** Why a store could not be opened; the message is one line for the person who started the program. */
export type StoreErrorCode =
  | 'bad-uri'
  | 'directory-unwritable'
  | 'directory-in-use'
  | 'directory-unusable'
  | 'port-unusable'
  | 'failed';

export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
