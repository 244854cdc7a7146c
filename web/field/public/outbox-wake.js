/* global self */
/* Part of the service worker: Background Sync says that the network is back, and the open app sends what waits. */
self.addEventListener('sync', (event) => {
  if (event.tag === 'akimetr-outbox') event.waitUntil(wakeTheApp());
});

async function wakeTheApp() {
  const tabs = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  // The browser then comes back to it later.
  if (tabs.length === 0) throw new Error('the app is not open');
  for (const tab of tabs) tab.postMessage({ type: 'network-is-back' });
}
