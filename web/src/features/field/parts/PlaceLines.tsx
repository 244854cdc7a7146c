import { localText } from '../../../lib/i18n.ts';
import type { Place } from '../../../offline/database.ts';

/** Whose work is asked about, and where: the two lines an interviewer knows an assignment by. */
export function PlaceLines({ place }: { place: Place }) {
  return (
    <>
      <span className="place-office">{localText(place.office)}</span>
      <span className="place-point">
        {localText(place.territoryName)} · {place.samplingPoint.name}
      </span>
    </>
  );
}
