/** What VS Code offers a page. */
interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** VS Code's side of this page; it can be acquired once only. */
export const vscodeApi: VsCodeApi = acquireVsCodeApi();
