import type { Location } from '@akimetr/api/contracts/interview-circumstances';

/** Long enough for a cold receiver under a roof; the interview goes on meanwhile. */
const patienceMs = 60_000;

/** Six decimals are a tenth of a metre. */
const rounded = (value: number, digits: number) => Number(value.toFixed(digits));

/** Where the tablet is, with its own figure of accuracy; or why that is not known. Never throws, never blocks. */
export function askWhere(): Promise<Location> {
  const { geolocation } = navigator as Partial<Navigator>;
  if (!geolocation) return Promise.resolve({ status: 'unavailable' });
  return new Promise((resolve) => {
    geolocation.getCurrentPosition(
      ({ coords }) =>
        resolve({
          status: 'measured',
          latitude: rounded(coords.latitude, 6),
          longitude: rounded(coords.longitude, 6),
          accuracyM: Math.min(rounded(coords.accuracy, 1), 1e8),
          measuredAt: new Date().toISOString(),
        }),
      ({ code, PERMISSION_DENIED, TIMEOUT }) =>
        resolve({
          status:
            code === PERMISSION_DENIED ? 'denied' : code === TIMEOUT ? 'timed-out' : 'unavailable',
        }),
      { enableHighAccuracy: true, maximumAge: 0, timeout: patienceMs },
    );
  });
}
