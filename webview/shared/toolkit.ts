import { endStyleProbe } from './toolkitStyleProbe.ts';
import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeProgressRing,
} from '@vscode/webview-ui-toolkit';

endStyleProbe();

/**
 * Makes `vscode-button` and `vscode-progress-ring` known to the page. The toolkit is archived upstream: pages know its
 * elements by their names alone, so that they can be made anew here.
 */
export function registerToolkit(): void {
  provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeProgressRing());
}
