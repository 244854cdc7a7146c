/**
 * Asks for the draft at a designer's address before anything else of the app runs. It imports nothing: what it would import
 * runs first, and that takes a slow computer longer than the draft takes to come.
 */
const code = /^\/questionnaires\/([^/]+)\/design$/.exec(window.location.pathname)?.[1];
if (code !== undefined) {
  const link = document.createElement('link');
  link.rel = 'preload';
  link.as = 'fetch';
  link.href = `/api/v1/questionnaire-drafts/${code}`;
  link.crossOrigin = 'anonymous';
  document.head.append(link);
}

export {};
