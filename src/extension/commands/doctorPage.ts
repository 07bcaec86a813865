import type { DoctorCheck, ModelInfo, TargetInfo } from '../../protocol/library.ts';

const SIGNS: Readonly<Record<DoctorCheck['status'], string>> = {
  ok: '✓',
  warning: '⚠',
  error: '✗',
};

/** The doctor's checks as a Markdown page, what needs attention first. */
export function doctorPage(checks: readonly DoctorCheck[]): string {
  const order = ['error', 'warning', 'ok'];
  const sorted = checks.toSorted((a, b) => order.indexOf(a.status) - order.indexOf(b.status));
  const lines = sorted.map(({ name, status, detail, action }) => {
    const next = action !== null && status !== 'ok' ? `\n  - ${action}` : '';
    return `- ${SIGNS[status]} ${name}: ${detail}${next}`;
  });
  return `# Earshot: Doctor\n\n${lines.join('\n')}\n`;
}

/** Models with their licences and credits, and the targets of reports, as a Markdown page. */
export function modelsPage(models: readonly ModelInfo[], targets: readonly TargetInfo[]): string {
  const parts = models.map((model) => {
    const megabytes = (model.bytes / 1e6).toFixed(1);
    const state = model.present ? (model.verified === false ? 'damaged' : 'present') : 'not here';
    return [
      `## ${model.title}`,
      '',
      `- Name: \`${model.name}\` (${model.kind}, ${megabytes} MB, ${state})`,
      `- Licence: ${model.licence}`,
      `- Credit: ${model.credit}`,
      `- Source: ${model.source}`,
    ].join('\n');
  });
  const limits = targets.map(
    ({ name, title, limit, direction, unit, origin }) =>
      `- \`${name}\` (${title}): ${direction === 'at-most' ? '≤' : '≥'} ${limit} ${unit} (${origin})`,
  );
  return `# Earshot: Models and Credits\n\n${parts.join('\n\n')}\n\n# Targets\n\n${limits.join('\n')}\n`;
}
