/** Whether all of the app is on the device: read back from the browser's cache and hashed, file by file. */

/** Written by the build beside the app: path → the first 16 hexadecimal digits of the file's SHA-256. */
const listAddress = '/field/shell.json';

export interface ShellState {
  /** Every file but the fonts. */
  readonly app: boolean;
  readonly fonts: boolean;
}

const nothing: ShellState = { app: false, fonts: false };

export async function readBackShell(): Promise<ShellState> {
  const workers = (navigator as Partial<Navigator>).serviceWorker;
  const registration = await workers?.getRegistration('/field/');
  if (!registration?.active) return nothing;
  const list = await caches.match(listAddress, { ignoreSearch: true });
  if (!list) return nothing;
  const files = Object.entries((await list.json()) as Record<string, string>);
  const state = { app: files.length > 0, fonts: true };
  // One after another: a small tablet need not hold them all in memory at once.
  for (const [path, hash] of files) {
    if (await isOnDevice(path, hash)) continue;
    state[path.endsWith('.woff2') ? 'fonts' : 'app'] = false;
  }
  return state;
}

async function isOnDevice(path: string, hash: string): Promise<boolean> {
  const kept = await caches.match(`/field/${path}`, { ignoreSearch: true });
  if (!kept) return false;
  const digest = await crypto.subtle.digest('SHA-256', await kept.arrayBuffer());
  const digits = Array.from(new Uint8Array(digest).slice(0, 8), (byte) =>
    byte.toString(16).padStart(2, '0'),
  );
  return digits.join('') === hash;
}
