import type { RunBuilder } from '../../model/runBuilder.ts';

/** What the client itself dropped before it sent anything, as it says: holes in the trace. */
export class ClientLosses {
  attributes = 0;
  events = 0;
  links = 0;

  /** Counts the losses with the run, says them in words, and begins anew. */
  tell(builder: RunBuilder, say: (reason: string) => void): void {
    if (this.events > 0) builder.drop('droppedInstants', this.events);
    const parts = [
      [this.attributes, 'attributes'],
      [this.events, 'events'],
      [this.links, 'links'],
    ].flatMap(([count, what]) => (count === 0 ? [] : `${count} ${what}`));
    if (parts.length > 0) say(`the client dropped ${parts.join(', ')} before it sent them`);
    this.attributes = 0;
    this.events = 0;
    this.links = 0;
  }
}
