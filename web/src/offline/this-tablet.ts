/** What a tablet can say of itself. */
import { answerOf, askStorageHealth } from './storage-health.ts';
import type { StorageHealth } from './storage-health.ts';

export interface TabletFacts extends StorageHealth {
  /** Null where the browser does not tell. */
  readonly battery: Battery | null;
  readonly userAgentFamily: string;
}

export interface Battery {
  /** 0–1. */
  readonly level01: number;
  readonly charging: boolean;
}

export async function describeTablet(): Promise<TabletFacts> {
  const [storage, battery] = await Promise.all([askStorageHealth(), askBattery()]);
  return { ...storage, battery, userAgentFamily: userAgentFamily(navigator.userAgent) };
}

interface WithBattery {
  getBattery?: () => Promise<{ level: number; charging: boolean }>;
}

async function askBattery(): Promise<Battery | null> {
  const found = await answerOf((navigator as WithBattery).getBattery?.());
  return found && { level01: found.level, charging: found.charging };
}

// In this order: each of the later names also stands in the user agents of the earlier ones.
const browsers = ['Edg', 'SamsungBrowser', 'YaBrowser', 'OPR', 'Firefox', 'Chrome', 'Safari'];
const systems = ['Android', 'iPad', 'iPhone', 'CrOS', 'Windows', 'Macintosh', 'Linux'];

/** Browser and system in two words, `Chrome · Android`: enough to help, too little to tell people apart. */
export function userAgentFamily(userAgent: string): string {
  const named = (names: readonly string[]) => names.find((name) => userAgent.includes(name)) ?? '?';
  return `${named(browsers)} · ${named(systems)}`;
}
