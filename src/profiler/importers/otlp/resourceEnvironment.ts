import type { AttributeValue } from '../../model/attributes.ts';
import type { RunEnvironment } from '../../model/environment.ts';
import type { AttributeList } from './otlpRecords.ts';

/** What a resource tells of the environment, by the names of the semantic conventions. */
export function environmentOf(resource: AttributeList): Partial<RunEnvironment> {
  const cores = resource.get('earshot.environment.cores');
  return {
    ...given('machine', text(resource.get('host.id'))),
    ...given('cpu', text(resource.get('host.cpu.model.name'))),
    ...given('os', osOf(resource)),
    ...given('runtime', runtimeOf(resource)),
    ...(typeof cores === 'number' ? { cores } : {}),
  };
}

/** The SDK that recorded: its name with its language, and its version; the service where there is none. */
export function clientOf(resource: AttributeList): { client: string; clientVersion: string } {
  const name = text(resource.get('telemetry.sdk.name'));
  if (name === null) {
    return {
      client: text(resource.get('service.name')) ?? 'unknown',
      clientVersion: text(resource.get('service.version')) ?? '',
    };
  }
  const language = text(resource.get('telemetry.sdk.language'));
  return {
    client: language === null ? name : `${name} ${language}`,
    clientVersion: text(resource.get('telemetry.sdk.version')) ?? '',
  };
}

function osOf(resource: AttributeList): string | null {
  const type = text(resource.get('os.type')) ?? text(resource.get('os.name'));
  const version = text(resource.get('os.version'));
  return text(resource.get('os.description')) ?? joined(type, version);
}

function runtimeOf(resource: AttributeList): string | null {
  const name = text(resource.get('process.runtime.name'));
  const version = text(resource.get('process.runtime.version'));
  return joined(name, version) ?? text(resource.get('process.runtime.description'));
}

function joined(name: string | null, version: string | null): string | null {
  if (name === null) return null;
  return version === null ? name : `${name} ${version}`;
}

function text(value: AttributeValue | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function given<K extends keyof RunEnvironment>(
  key: K,
  value: string | null,
): Partial<Pick<RunEnvironment, K>> {
  return value === null ? {} : ({ [key]: value } as Partial<Pick<RunEnvironment, K>>);
}
