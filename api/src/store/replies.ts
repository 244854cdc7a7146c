/** The shapes of replies several commands share. */
import { T, type Raw } from './raw.ts';
import { type Writer, buildDocument } from './writer.ts';

export const okReply = (fill: (writer: Writer) => void = () => undefined): Raw =>
  buildDocument((writer) => {
    fill(writer);
    writer.double('ok', 1);
  });

export function cursorReply(
  name: 'firstBatch' | 'nextBatch',
  namespace: string,
  id: bigint,
  docs: readonly Raw[],
): Raw {
  const bytes = docs.reduce((sum, doc) => sum + doc.size + 8, 256);
  return buildDocument((writer) => {
    writer.open(T.object, 'cursor').open(T.array, name);
    for (let i = 0; i < docs.length; i++) writer.raw(String(i), docs[i]!);
    writer.close().long('id', id).string('ns', namespace).close();
    writer.double('ok', 1);
  }, bytes);
}
