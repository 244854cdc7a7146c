import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import express from 'express';
import { singlePageApp } from '../../api/src/http/single-page-app.ts';

describe('the built web app', () => {
  let dir: string;
  let server: Server;

  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'akimetr-web-'));
    server = createServer(express().use('/field', singlePageApp(dir)));
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  });

  afterEach(async () => {
    await new Promise((closed) => server.close(closed));
    rmSync(dir, { recursive: true, force: true });
  });

  const build = (files: Record<string, string>) => {
    rmSync(dir, { recursive: true, force: true });
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(dir, name)), { recursive: true });
      writeFileSync(join(dir, name), content);
    }
  };
  const ask = (path: string, sent: RequestInit = {}) =>
    fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, {
      ...sent,
      headers: { connection: 'close', ...sent.headers },
    });
  const textOf = async (path: string) => {
    const response = await ask(path);
    return response.ok ? response.text() : response.status;
  };

  it('is its page at every address of it that names no file', async () => {
    build({ 'index.html': '<p>page</p>', 'assets/a-1.js': 'a()' });
    for (const address of [
      '/field',
      '/field/',
      '/field/outbox',
      '/field/a/b?c=d.e',
      '/field/assets',
    ]) {
      expect(await textOf(address)).toBe('<p>page</p>');
    }
    expect(await textOf('/field/assets/a-1.js')).toBe('a()');
    expect(await textOf('/field/assets/b-1.js')).toBe(404);
    expect(await textOf('/elsewhere')).toBe(404);
    expect((await ask('/field/outbox', { method: 'POST' })).status).toBe(404);
  });

  it('keeps what has its hash in its name for good, and asks again for everything else', async () => {
    build({ 'index.html': '<p>page</p>', 'sw.js': 'sw()', 'assets/a-1.js': 'a()' });
    const rule = async (path: string) => (await ask(path)).headers.get('cache-control');
    expect(await rule('/field/assets/a-1.js')).toBe('public, max-age=31536000, immutable');
    expect([await rule('/field/outbox'), await rule('/field/sw.js')]).toEqual([
      'no-cache',
      'no-cache',
    ]);
    const etag = (await ask('/field/outbox')).headers.get('etag')!;
    // As a browser asks for what it has; without the second, fetch says that it wants it anew in any case.
    const headers = { 'if-none-match': etag, 'cache-control': 'max-age=0' };
    expect((await ask('/field/outbox', { headers })).status).toBe(304);
  });

  it('is not there yet while it is built, and another one after it was built anew', async () => {
    expect(await textOf('/field/')).toBe(404);
    build({ 'index.html': 'first', 'assets/a-1.js': 'first()' });
    expect([await textOf('/field/'), await textOf('/field/assets/a-1.js')]).toEqual([
      'first',
      'first()',
    ]);
    build({ 'index.html': 'second', 'assets/a-2.js': 'second()' });
    expect(await textOf('/field/')).toBe('second');
    expect(await textOf('/field/assets/a-1.js')).toBe(404);
    expect(await textOf('/field/assets/a-2.js')).toBe('second()');
  });

  it('serves on while it is built again and again under its readers', async () => {
    let building = true;
    const readers = Array.from({ length: 8 }, async () => {
      const seen = new Set<number>();
      while (building) seen.add((await ask('/field/assets/a-1.js')).status);
      return [...seen].filter((status) => status !== 200 && status !== 404);
    });
    for (let time = 0; time < 60; time += 1) {
      build({ 'index.html': 'page', 'assets/a-1.js': `a(${time})` });
      await new Promise((later) => setImmediate(later));
    }
    building = false;
    expect((await Promise.all(readers)).flat()).toEqual([]);
  });
});
