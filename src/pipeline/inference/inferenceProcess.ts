import { type ChildProcess, fork } from 'node:child_process';
import { EarshotError } from '../earshotError.ts';
import { inferenceEntry } from '../installation.ts';
import type { InferenceModels } from './modelPaths.ts';
import type {
  FromInference,
  InferenceResults,
  InferenceTask,
  TaskTiming,
  ToInference,
} from './tasks.ts';

export interface TaskAnswer {
  readonly result: InferenceResults[InferenceTask['type']];
  readonly timing: TaskTiming;
}

/** The process ended while it worked: a native crash, a kill, or no memory left. */
export class InferenceCrash extends Error {
  override readonly name = 'InferenceCrash';
}

/** How much of a dead process's last words is kept for the error. */
const KEPT_STDERR = 2000;

/** One inference process; it takes one task at a time. */
export class InferenceProcess {
  readonly #child: ChildProcess;
  #pending: { resolve: (answer: TaskAnswer) => void; reject: (error: Error) => void } | null = null;
  #nextId = 1;
  #stderr = '';
  #ended = false;

  constructor(models: InferenceModels) {
    this.#child = fork(inferenceEntry(), [JSON.stringify(models)], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '' },
      execArgv: ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON'],
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-KEPT_STDERR);
    });
    this.#child.on('message', (message) => {
      this.#receive(message as FromInference);
    });
    this.#child.on('error', (error) => {
      this.#end(`could not be started: ${error.message}`);
    });
    this.#child.on('exit', (code, signal) => {
      this.#end(`ended with ${signal ?? `code ${String(code)}`}`);
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** @throws InferenceCrash when the process dies; EarshotError when the task cannot be done */
  run(task: InferenceTask): Promise<TaskAnswer> {
    return new Promise((resolve, reject) => {
      if (this.#ended) {
        reject(new InferenceCrash('The inference process has ended.'));
        return;
      }
      this.#pending = { resolve, reject };
      if (!this.#child.connected) {
        // A process that could not be started has no channel; its own error, if it has one, comes first.
        setImmediate(() => {
          this.#end('cannot be reached');
        });
        return;
      }
      const message: ToInference = { id: this.#nextId++, task };
      this.#child.send(message, (error) => {
        if (error) this.#end(`cannot be reached: ${error.message}`);
      });
    });
  }

  /** Ends the process and waits until it is gone. */
  async kill(): Promise<void> {
    if (this.#ended) return;
    const gone = new Promise<void>((resolve) => this.#child.once('exit', () => resolve()));
    if (this.#child.kill('SIGKILL')) await gone;
  }

  #receive(message: FromInference): void {
    if (message.type === 'ready') return;
    const pending = this.#pending;
    this.#pending = null;
    if (message.type === 'done') {
      pending?.resolve({ result: message.result, timing: message.timing });
    } else {
      pending?.reject(new EarshotError(message.code, message.message, message.action));
    }
  }

  #end(how: string): void {
    if (this.#ended) return;
    this.#ended = true;
    const said = this.#stderr.trim();
    this.#pending?.reject(
      new InferenceCrash(`The inference process ${how}.${said ? ` It said: ${said}` : ''}`),
    );
    this.#pending = null;
  }
}
