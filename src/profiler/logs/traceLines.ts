/** Lines of stack traces of Python, Java, JavaScript, Go, Rust, .NET and Ruby. */
const TRACE =
  /^(?:\s+at [\w$.<[]|\s*File ".*", line \d+|Traceback \(most recent|\s*Caused by: |\s+\.\.\. \d+ (?:more|common)|goroutine \d+ \[|\s+from \S+:\d+|\s*\^+[\s^~]*$|\s+\d+: +(?:0x[\da-f]+ - )?[\w<]|\s*During handling of the above|\s*The above exception was|stack backtrace:|\t\S+\.go:\d+|created by \S+|\s*[|+-]+ ?Traceback|(?:[a-z_$][\w$]*\.)+[A-Z][\w$]*(?:Exception|Error|Throwable|Failure)\b)/u;
const PYTHON_END =
  /^[A-Za-z_][\w.]*(?:Error|Exception|Interrupt|Exit|Warning|Iteration|Fault)\b(?:: |$)/u;

/** Tells which lines belong to a stack trace, in order. */
export class TraceLines {
  #inside = false;
  #python = false;

  /** Whether a line without a time stamp is part of a stack trace. */
  next(text: string): boolean {
    if (TRACE.test(text)) {
      this.#inside = true;
      if (text.startsWith('Traceback')) this.#python = true;
      return true;
    }
    if (this.#inside && /^\s/u.test(text) && text.trim() !== '') return true;
    const end = this.#python && PYTHON_END.test(text);
    this.#inside = false;
    this.#python = false;
    return end;
  }

  /** A line with a time stamp begins something new. */
  reset(): void {
    this.#inside = false;
    this.#python = false;
  }
}
