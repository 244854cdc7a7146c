import { useEffect } from 'react';
import type { Permission } from '@akimetr/api/contracts/roles';
import { useMay } from '../lib/session.ts';
import { whenIdle } from '../lib/when-idle.ts';

interface Props {
  permission: Permission;
  load: () => Promise<unknown>;
}

/** Fetches the screen that is most likely opened next, for those who may, while the browser has nothing else to do. */
export function Prepared({ permission, load }: Props) {
  const may = useMay(permission);
  useEffect(() => {
    if (!may) return;
    // Without network nothing is prepared: it is fetched, and a fault told, when it is opened.
    return whenIdle(() => void load().catch(() => undefined));
  }, [may, load]);
  return null;
}
