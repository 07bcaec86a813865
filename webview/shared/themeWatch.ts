/** Calls back when VS Code changed the theme of the page: it sets variables on the root and classes on the body. */
export function watchTheme(onChange: () => void): void {
  let waiting = false;
  const observer = new MutationObserver(() => {
    if (waiting) return;
    waiting = true;
    // Several hundred variables change one after the other.
    requestAnimationFrame(() => {
      waiting = false;
      onChange();
    });
  });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
  observer.observe(document.body, { attributes: true, attributeFilter: ['class'] });
}

/** Whether the person asked for less motion, in VS Code or in the system. */
export function prefersReducedMotion(): boolean {
  return (
    document.body.classList.contains('vscode-reduce-motion') ||
    matchMedia('(prefers-reduced-motion: reduce)').matches
  );
}
