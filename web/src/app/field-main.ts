import './zod-without-eval.ts';
import '../ui/base.css';
import '../features/field/field-fonts.css';
import '../features/field/field.css';
import '../features/field/lock/lock.css';
import { showEarlyLock, showMissingApp } from '../features/field/lock/early-lock.ts';
import { routeOf } from '../features/field/state/field-address.ts';
import { whenPainted } from '../lib/when-idle.ts';
import { chosenLocale } from '../lib/locale.ts';
import { readOpening } from '../offline/opening.ts';

const locale = chosenLocale() ?? 'kk';
const root = document.getElementById('root')!;

/** A morning begins with the lock: it is shown by itself, and the app comes while the PIN is typed. */
async function start(): Promise<void> {
  const [opening, { default: texts }] = await Promise.all([
    readOpening(),
    import(`../lib/locales/${locale}/field.json`) as Promise<{ default: FieldTexts }>,
  ]);
  document.documentElement.lang = locale;
  if (opening && routeOf(window.location.href).screen !== 'enrol') {
    showEarlyLock(root, texts, opening);
    await new Promise<void>((painted) => whenPainted(painted));
  }
  const app = import('./field-app.tsx');
  // Whoever shows it says that it could not be fetched.
  import('../features/field/Screens.tsx').catch(() => undefined);
  try {
    await (await app).startApp(root, opening);
  } catch (error) {
    showMissingApp(root, texts, opening);
    throw error;
  }
}

type FieldTexts = Parameters<typeof showEarlyLock>[1];

void start();
