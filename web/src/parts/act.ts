import { notifications } from "@mantine/notifications";
import type { Resource } from "../api/types";
import { useEnvironment } from "../live/environment";

/** Runs a call to the API, lays its answer over the page at once and tells people when it fails. */
export function useAct(): (what: string, call: () => Promise<Resource>) => Promise<boolean> {
  const { resources } = useEnvironment();
  return async (what, call) => {
    try {
      resources.apply(await call());
      return true;
    } catch (error) {
      notifications.show({ color: "red", title: `Could not ${what}`, message: (error as Error).message, autoClose: false });
      return false;
    }
  };
}
