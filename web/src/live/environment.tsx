import { createContext, useContext, useEffect, useMemo, useState, useSyncExternalStore, type ReactNode } from "react";
import type { Resource } from "../api/types";
import { Connection, type Link } from "./connection";
import { Resources } from "./resources";

interface Environment {
  projectId: string;
  resources: Resources;
  link: Link;
  error?: Error;
}

const Context = createContext<Environment | null>(null);

/** Gives the pages below it the live resources of one environment. */
export function EnvironmentProvider({ projectId, children }: { projectId: string; children: ReactNode }) {
  const resources = useMemo(() => new Resources(), [projectId]);
  const [state, setState] = useState<{ link: Link; error?: Error }>({ link: "connecting" });
  useEffect(() => {
    const connection = new Connection(projectId, resources, (link, error) => setState({ link, error }));
    connection.open();
    return () => connection.close();
  }, [projectId, resources]);
  const value = useMemo(() => ({ projectId, resources, ...state }), [projectId, resources, state]);
  return <Context value={value}>{children}</Context>;
}

export function useEnvironment(): Environment {
  const environment = useContext(Context);
  if (!environment) throw new Error("no environment around this page");
  return environment;
}

/** All resources of a base type, by name; drawn again when one of them changes. */
export function useList<T extends Resource>(type: string): T[] {
  const { resources } = useEnvironment();
  return useSyncExternalStore(
    (listener) => resources.subscribe(listener),
    () => resources.list<T>(type),
  );
}

/** The time, once a second while something on the page shows it. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
