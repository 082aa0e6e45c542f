/** Entry of the webview: the replay panel and the custom editor for `*.race.json` in VS Code. */
import './panel.css';
import { mount } from './app.tsx';
import { vsCodeHost } from './host.ts';
import type { VsCodeApi } from './host.ts';

declare function acquireVsCodeApi(): VsCodeApi;

const root = document.getElementById('root') ?? document.body.appendChild(document.createElement('div'));
mount(root, vsCodeHost(acquireVsCodeApi()));
