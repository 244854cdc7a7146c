import { extname, join, sep } from 'node:path';
import express, { Router } from 'express';

/** Names of built files carry their hash; everything else must be asked for again. */
const cacheRule = (dir: string, file: string): string =>
  file.startsWith(join(dir, 'assets', sep)) ? 'public, max-age=31536000, immutable' : 'no-cache';

/**
 * A single-page app: its files, and its page for every address of it that names no file. The disk is asked each time: the
 * demo builds the files while it loads its data, and an update builds others under a server that runs.
 */
export function singlePageApp(dir: string): Router {
  const files = express.static(dir, {
    redirect: false,
    setHeaders: (response, file) => {
      response.setHeader('Cache-Control', cacheRule(dir, file));
    },
  });
  const router = Router();
  router.use(files, (request, response, next) => {
    if (extname(request.path) !== '') return next();
    request.url = '/index.html';
    files(request, response, next);
  });
  return router;
}
