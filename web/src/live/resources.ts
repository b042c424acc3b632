import type { Resource } from "../api/types";

type Listener = () => void;

/**
 * The live resources of one environment by base type and id. Changes are gathered and told to listeners once per frame;
 * a list keeps its identity while nothing in it changed, so that React redraws only what did.
 */
export class Resources {
  private readonly byType = new Map<string, Map<string, Resource>>();
  private readonly lists = new Map<string, Resource[]>();
  private readonly listeners = new Set<Listener>();
  private pending = false;

  constructor(private readonly schedule: (run: () => void) => void = (run) => requestAnimationFrame(run)) {}

  /** Replaces all resources of one type. */
  load(type: string, resources: Resource[]): void {
    this.byType.set(type, new Map(resources.filter(isHere).map((r) => [r.id, r])));
    this.changed(type);
  }

  /** Takes one change in; removed resources leave. */
  apply(resource: Resource): void {
    const type = resource.baseType ?? resource.type;
    const table = this.byType.get(type) ?? new Map<string, Resource>();
    if (isHere(resource)) table.set(resource.id, resource);
    else table.delete(resource.id);
    this.byType.set(type, table);
    this.changed(type);
  }

  list<T extends Resource>(type: string): T[] {
    let list = this.lists.get(type);
    if (!list) {
      list = [...(this.byType.get(type)?.values() ?? [])].sort((a, b) => byName(a, b));
      this.lists.set(type, list);
    }
    return list as T[];
  }

  find<T extends Resource>(type: string, id: string | null | undefined): T | undefined {
    return id ? (this.byType.get(type)?.get(id) as T | undefined) : undefined;
  }

  subscribe(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private changed(type: string): void {
    this.lists.delete(type);
    if (this.pending) return;
    this.pending = true;
    this.schedule(() => {
      this.pending = false;
      for (const listener of this.listeners) listener();
    });
  }
}

function isHere(resource: Resource): boolean {
  return !resource.removed && resource.state !== "removed" && resource.state !== "purged";
}

/** web-2 stands before web-10. */
export function byName(a: Resource, b: Resource): number {
  return (a.name ?? a.id).localeCompare(b.name ?? b.id, undefined, { numeric: true, sensitivity: "base" }) || a.id.localeCompare(b.id);
}
