import '@testing-library/jest-dom';
import { configure } from '@testing-library/dom';
import 'fake-indexeddb/auto';
import { TextDecoder, TextEncoder } from 'node:util';

// A machine may be busy; waiting ends as soon as what is waited for is there.
configure({ asyncUtilTimeout: 60_000 });

// jsdom lacks what every browser has and the router needs.
Object.assign(globalThis, { TextDecoder, TextEncoder });
