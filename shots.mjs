// node shots.mjs BASE LOGIN PASSWORD OUT WxH locale path...
import { chromium } from 'playwright-core';
const [base, login, password, out, size, locale, ...paths] = process.argv.slice(2);
const [width, height] = size.split('x').map(Number);
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox','--disable-gpu','--disable-quic','--no-first-run','--disable-background-networking','--disable-component-update','--disable-sync'] });
const ctx = await browser.newContext({ viewport: { width, height } });
await ctx.addInitScript((l) => localStorage.setItem('akimetr.locale', l), locale);
const r = await ctx.request.post(base + '/api/v1/session', { data: { login, password }, headers: { Origin: base } });
if (!r.ok()) console.log(r.status(), await r.text());
const page = await ctx.newPage();
page.on('console', m => m.type() === 'error' && console.log('console', m.text()));
page.on('pageerror', e => console.log('pageerror', e.message));
for (const p of paths) {
  await page.goto(base + p, { waitUntil: 'networkidle' }); await page.waitForTimeout(700);
  await page.screenshot({ path: `${out}/${login}-${p.replace(/[^a-z0-9]+/gi,'_')}-${size}-${locale}.png`, fullPage: false });
}
await browser.close();
